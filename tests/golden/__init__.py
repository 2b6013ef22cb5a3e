"""Golden cases: small stories with exact amounts, played through the services."""
