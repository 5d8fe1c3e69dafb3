"""The database: tables, migrations, one writer thread. Importing this package imports nothing."""
