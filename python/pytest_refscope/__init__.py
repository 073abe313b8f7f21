"""A pytest plugin that fails a test that leaks references. Next: plugin.py."""
