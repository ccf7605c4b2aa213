"""A made-up province and a simulator of its life; acts only through services."""
