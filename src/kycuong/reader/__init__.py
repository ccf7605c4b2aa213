"""TEXT: an official document becomes structure with character spans; no Django."""
