"""The test's database, for processes of their own."""

import sqlite3

from django.db import connection


class SharedDatabase:
    """The test's database for another process: itself, or a file when it is in memory."""

    def __init__(self, path):
        self.path, self.is_memory = path, connection.vendor == "sqlite"

    @property
    def url(self):
        if self.is_memory:
            return f"sqlite:///{self.path}"
        return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format_map(
            connection.settings_dict
        )

    def hand_over(self):
        if self.is_memory:
            connection.ensure_connection()
            with sqlite3.connect(self.path) as other:
                connection.connection.backup(other)

    def value(self, sql):
        if self.is_memory:
            with sqlite3.connect(self.path, timeout=10) as other:
                return other.execute(sql).fetchone()[0]
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]
