"""The web door: function views, server-rendered."""
