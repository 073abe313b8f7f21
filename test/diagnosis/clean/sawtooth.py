"""Batches: five seconds of rows are collected, then written and let go."""
import pace

rows = []


def step(n):
    rows.append({"n": n, "text": "row %d" % n})
    if len(rows) >= 600:
        "\n".join(row["text"] for row in rows)
        rows.clear()


pace.forever(step)
