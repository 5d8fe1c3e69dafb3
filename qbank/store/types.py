"""The one word of the database library that services may say, and only in type hints."""

from sqlalchemy import Connection

__all__ = ["Connection"]
