"""The API door: typed, thin, one service or query a call; described by docs/api.yaml (OpenAPI 3.1)."""
