"""Tests in, what pytest-refscope says of them out: see pytest-plugin.test.ts. Not collected by any other run."""
import pytest

kept = []
cache = {}


@pytest.mark.refscope(seconds=5)
def test_leaks_two(tmp_path):
    kept.append([object()])


@pytest.mark.refscope(seconds=5)
def test_clean():
    cache.setdefault("filled once", [{} for _ in range(200)])
    [{} for _ in range(100)]


@pytest.mark.refscope(seconds=5, max_leaked_references=2)
def test_allowed():
    kept.append([object()])


@pytest.mark.refscope(seconds=5)
def test_fails_by_itself():
    raise AssertionError("by itself")


@pytest.mark.refscope(seconds=5)
async def test_coroutine():
    pass


@pytest.mark.refscope(module="_json", seconds=1)
def test_audit_of_a_clean_module():
    import json

    json.loads('{"a": [1, 2, {"b": "c"}]}')


@pytest.mark.refscope(module="broken", seconds=1)
def test_audit_of_a_leaking_module():
    broken = pytest.importorskip("broken")
    broken.leak_item(kept)


@pytest.mark.refscope(module="broken", seconds=1)
def test_audit_of_its_twin():
    broken = pytest.importorskip("broken")
    broken.ok_leak_item(kept)
