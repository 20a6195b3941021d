"""Modules loaded when they are used, not when they are imported."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from disclosure_checks.runner.gx.late_imports import UNUSED_BY_A_RUN, LateModule, import_late


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A module of its own, which nobody has imported."""
    (tmp_path / "seldom_used.py").write_text("answer = 42\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "seldom_used"
    sys.modules.pop("seldom_used", None)


def test_a_late_module_is_loaded_when_a_name_in_it_is_asked_for(module: str) -> None:
    import_late([module])
    import seldom_used  # type: ignore[import-not-found]

    assert isinstance(seldom_used, LateModule)
    assert seldom_used.answer == 42
    assert not isinstance(sys.modules[module], LateModule)
    assert seldom_used.answer == 42  # the stand-in that was imported goes on serving


def test_a_name_imported_from_a_late_module_is_the_real_one(module: str) -> None:
    import_late([module])
    from seldom_used import answer

    assert answer == 42


def test_a_module_inside_a_late_package_can_be_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "seldom_used_package").mkdir()
    (tmp_path / "seldom_used_package" / "__init__.py").write_text("answer = 42\n", encoding="utf-8")
    (tmp_path / "seldom_used_package" / "inside.py").write_text("answer = 43\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    import_late(["seldom_used_package"])
    import seldom_used_package.inside  # type: ignore[import-not-found]

    assert seldom_used_package.inside.answer == 43
    assert seldom_used_package.answer == 42


def test_a_name_that_a_late_module_does_not_have_is_an_error(module: str) -> None:
    import_late([module])
    import seldom_used

    with pytest.raises(AttributeError, match="question"):
        _ = seldom_used.question


def test_what_is_not_installed_stays_so() -> None:
    import_late(["never_installed"])
    with pytest.raises(ModuleNotFoundError):
        import never_installed  # type: ignore[import-not-found]  # noqa: F401


def test_what_is_loaded_stays_as_it_is(module: str) -> None:
    import seldom_used

    import_late([module])
    assert sys.modules[module] is seldom_used


def test_great_expectations_loads_without_them() -> None:
    lines = (
        "import sys",
        "from disclosure_checks.runner.gx.late_imports import LateModule, import_late",
        "import_late()",
        "import disclosure_checks.runner.pipeline.check_and_publish",
        "print(all(isinstance(sys.modules[name], LateModule) for name in sys.argv[1:]))",
        "from scipy import stats",
        "print(stats.entropy([0.5, 0.5]) > 0)",
    )
    called = [sys.executable, "-c", "\n".join(lines), *UNUSED_BY_A_RUN]
    done = subprocess.run(called, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["True", "True"], done.stderr
