"""sqlite3: rows are inserted, asked for and deleted, in transactions; statements are cached."""
import sqlite3

import pace

connection = sqlite3.connect(":memory:")
connection.execute("create table t (id integer primary key, name text, value real)")


def step(n):
    with connection:
        connection.execute("insert into t (name, value) values (?, ?)", ("name %d" % n, n / 3))
        connection.execute("delete from t where id < ?", (n - 500,))
    rows = connection.execute("select id, name, value from t where id > ? limit %d" % (1 + n % 5), (n - 50,)).fetchall()
    return {row[0]: row[1:] for row in rows}


pace.forever(step)
