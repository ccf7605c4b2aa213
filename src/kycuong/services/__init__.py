"""DOING: one function per act: permission, lifecycle move, audit and outbox in one transaction."""
