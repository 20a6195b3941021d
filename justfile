# The daily commands. Without `just` (https://just.systems), type what stands below a name, in an activated environment.

export PATH := justfile_directory() / ".venv/bin" + ":" + env("PATH")

# name the commands
default:
    @just --list --unsorted

# an environment in .venv in which changes to the code count at once; again after adding a folder of code
install:
    python3 -m venv .venv
    .venv/bin/pip install -c constraints.txt -e ".[test]"

# the quick tests; `just test -n 0 tests/grammar` for some of them in one process
test *arguments:
    pytest {{arguments}}

# the tests over many reports, which `test` takes a share of
long:
    pytest -m long

# style and format; mended with `ruff check --fix .` and `ruff format .`
lint:
    ruff check .
    ruff format --check .

# types
types:
    .ci/types

# sizes of modules and folders, which way imports go, what the wheel holds, who knows Great Expectations
floors:
    pytest -n 0 tests/test_structure.py

# the specs and their examples; writes the JSON Schemas beside them
check-specs:
    check-spec specs/*.yaml
    check-spec docs/agencies.yaml

# the reference in docs/zh and docs/en, made from the code
docs:
    python -m disclosure_checks.runner.documentation

# the sample reports, into reports_out/; `just run --fresh` to read them anew
run *options:
    run-checks specs/ reports/ {{options}}

# the reports that other programs write, anew (needs those programs, see the module)
fixtures:
    python -m tests.fixtures.other_programs.make_fixtures

# the findings of the sample reports, recorded anew; read the difference before it is committed
golden:
    python -m tests.golden.record

# the newest versions that the ranges in pyproject.toml admit (needs uv); the two lines of comment stay
constraints:
    head -n 2 constraints.txt > constraints.new
    uv pip compile --upgrade --universal --python-version 3.10 --extra test --extra cluster --extra browser --extra pictures --no-annotate --no-header pyproject.toml >> constraints.new
    mv constraints.new constraints.txt

# a run from the first import to the published site, step by step; `just bench --reports 100` for fewer
bench *options:
    python -m tests.benchmarks.bench_end_to_end {{options}}
