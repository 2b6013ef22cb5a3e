"""A sample office that lives through its term by the same services as a real one."""
