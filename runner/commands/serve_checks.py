"""``serve-checks SPEC``: the self-check page of an intranet."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from disclosure_checks.runner.collection.store import collection_path
from disclosure_checks.runner.commands.console import accept_any_encoding, tell
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.commands.run_options import LANGUAGES, add_pictures_option, count, language_of, seconds
from disclosure_checks.runner.reading.input_errors import InputError
from disclosure_checks.runner.reading.inputs import find_agencies
from disclosure_checks.runner.texts.command_texts import command_text

HOST, PORT = "127.0.0.1", 8000
FILE_TIMEOUT = 20.0  # seconds: somebody waits for the answer
_LARGEST_PORT = 65535
_FEWEST_WORKERS = 2  # one file that takes its time must not keep the next person waiting
_NEEDED = ("starlette", "uvicorn", "python_multipart")
_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    accept_any_encoding()
    words = list(sys.argv[1:] if arguments is None else arguments)
    language = language_of(words)
    options = parser(language).parse_args(words)
    if any(find_spec(name) is None for name in _NEEDED):
        return _stop(command_text("serve", "extra_missing", language))
    try:
        return _serve(options)
    except InputError as error:
        return _stop(error.render(language))
    except KeyboardInterrupt:
        return ExitCode.CLEAN


def _serve(options: argparse.Namespace) -> int:
    from disclosure_checks.rules.collection.agencies.list_loading import load_agencies
    from disclosure_checks.rules.spec.source.problems import SpecificationError
    from disclosure_checks.runner.commands.spec_folder import load_specifications
    from disclosure_checks.runner.server.limits import MEGABYTE, Limits
    from disclosure_checks.runner.server.serving import ServerProblem, ServerRequest, serve

    language = options.lang
    collection = None if options.collection is None else collection_path(options.collection)
    if collection is not None and not collection.is_file():
        return _stop(command_text("serve", "no_collection", language, path=str(options.collection)))
    agencies = options.agencies or find_agencies(options.spec, [])
    try:
        compiled = load_specifications(options.spec)
        request = ServerRequest(
            compiled=compiled,
            host=options.host,
            port=options.port,
            jobs=max(options.jobs, _FEWEST_WORKERS),
            registry=load_agencies(agencies, [one.specification for one in compiled]) if agencies else None,
            collection=collection,
            file_timeout=options.file_timeout,
            prefix=options.prefix,
            pictures=options.pictures,
            limits=Limits(upload=options.largest_upload * MEGABYTE, requests=options.requests),
        )
        serve(request, lambda port, _: _tell_address(options, port))
    except SpecificationError as error:
        return _stop(error.render(language))
    except ServerProblem as problem:
        place = f"{options.host}:{options.port}"
        return _stop(command_text("serve", problem.code, language, place=place, detail=problem.detail))
    return ExitCode.CLEAN


def _tell_address(options: argparse.Namespace, port: int) -> None:
    host = f"[{options.host}]" if ":" in options.host else options.host
    tell(command_text("serve", "ready", options.lang, address=f"http://{host}:{port}{options.prefix}/"))
    sys.stdout.flush()  # a service manager reads it through a pipe


def parser(language: str) -> argparse.ArgumentParser:
    """What the command understands, explained in a language."""

    def text(name: str) -> str:
        return command_text("serve", name, language)

    def size(word: str) -> int:
        return count(word, language)

    words = argparse.ArgumentParser("serve-checks", description=text("description"), epilog=text("password_help"))
    words.add_argument("spec", type=Path, metavar="SPEC", help=command_text("run", "spec_help", language))
    words.add_argument("--collection", type=Path, metavar="DIR", help=text("collection_help"))
    words.add_argument("--agencies", type=Path, metavar="FILE", help=text("agencies_help"))
    words.add_argument("--host", default=HOST, metavar="HOST", help=text("host_help"))
    words.add_argument(
        "--port", type=lambda word: _port(word, language), default=PORT, metavar="N", help=text("port_help")
    )
    words.add_argument(
        "--prefix", type=lambda word: _prefix(word, language), default="", metavar="/PATH", help=text("prefix_help")
    )
    words.add_argument("--jobs", type=size, default=os.cpu_count() or 1, metavar="N", help=text("jobs_help"))
    words.add_argument("--requests", type=size, default=16, metavar="N", help=text("requests_help"))
    words.add_argument("--largest-upload", type=size, default=32, metavar="MB", help=text("largest_upload_help"))
    words.add_argument(
        "--file-timeout",
        type=lambda word: seconds(word, language),
        default=FILE_TIMEOUT,
        metavar="S",
        help=text("file_timeout_help"),
    )
    add_pictures_option(words, language)
    words.add_argument("--lang", choices=LANGUAGES, default="zh", help=text("lang_help"))
    return words


def _port(word: str, language: str) -> int:
    if not word.isdecimal() or int(word) > _LARGEST_PORT:
        raise argparse.ArgumentTypeError(command_text("serve", "not_a_port", language, word=word))
    return int(word)


def _prefix(word: str, language: str) -> str:
    plain = word.rstrip("/")
    if not _PREFIX.fullmatch(plain):
        raise argparse.ArgumentTypeError(command_text("serve", "not_a_prefix", language, word=word))
    return plain


def _stop(message: str) -> int:
    print(message, file=sys.stderr)
    return ExitCode.WRONG_CALL


if __name__ == "__main__":
    sys.exit(main())
