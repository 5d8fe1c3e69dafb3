"""Screens: each composes, binds, and turns messages into commands and calls of services."""
