"""Cycles that the collector frees now and then: parents and children that know each other."""
import pace


class Node:
    def __init__(self, parent=None):
        self.parent = parent
        self.children = []
        if parent is not None:
            parent.children.append(self)


def step(n):
    root = Node()
    Node(root)
    return n


pace.forever(step, 20)
