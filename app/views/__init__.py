"""The desktop: what people of the office see and press."""
