"""Widgets: attributes come down, messages go up. None of them knows a service."""
