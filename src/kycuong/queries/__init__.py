"""READING: the only way to see records; scope.py decides who sees what."""
