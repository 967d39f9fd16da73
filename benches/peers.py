#!/usr/bin/env python3
"""Builds the records of the benchmark with Zola, mdBook and Hugo, where they are installed, and with precedent.

    cargo bench -- corpus 1000 FOLDER
    benches/peers.py FOLDER [--precedent target/release/precedent] [--runs 3]

Each tool gets the same texts; only front matter, links and the files of the site are written as it wants them. Templates
are the least that shows a page, its neighbours and a list. Prints seconds on the wall, seconds of processors and memory.
Python's standard library only; nothing is fetched.
"""
import argparse
import os
import pathlib
import re
import resource  # noqa: F401  (says early that this system cannot tell what a process took)
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

FRONT = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.S)
LINK = re.compile(r"\]\(\.\./((?:adr|rfc)/[^)]+\.md)\)")
PAGE = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body>{body}</body></html>\n"


def records(source):
    """Kind, file name, title, status, tags and body of each record."""
    for path in sorted(source.glob("content/*/*.md")):
        front, body = FRONT.match(path.read_text(encoding="utf-8")).groups()
        field = lambda name: re.search(rf'^{name} = "(.*)"$', front, re.M).group(1)
        tags = re.findall(r'"([^"]+)"', re.search(r"^tags = \[(.*)\]$", front, re.M).group(1))
        yield path.parent.name, path.name, field("title"), field("status"), tags, body


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def for_zola(source, out):
    write(out / "zola.toml", 'base_url = "http://localhost"\ntitle = "Log"\ntaxonomies = [{ name = "tags" }]\n'
          "[markdown.highlighting]\ntheme = \"github-light\"\n")
    for kind, name, title, status, tags, body in records(source):
        front = f'title = "{title}"\n[taxonomies]\ntags = {tags!r}\n[extra]\nstatus = "{status}"\n'.replace("'", '"')
        write(out / "content" / kind / name, f"+++\n{front}+++\n" + LINK.sub(r"](@/\1)", body))
    for kind in ("adr", "rfc"):
        write(out / "content" / kind / "_index.md", f'+++\ntitle = "{kind}"\nsort_by = "title"\n+++\n')
    write(out / "content/_index.md", '+++\ntitle = "Log"\n+++\n')
    rows = "{% for page in section.pages %}<li><a href=\"{{ page.permalink }}\">{{ page.title }}</a></li>{% endfor %}"
    neighbours = "{% if page.higher %}<a href=\"{{ page.higher.permalink }}\">{{ page.higher.title }}</a>{% endif %}"
    templates = {
        "index.html": ("{{ section.title }}", "{{ section.content | safe }}"),
        "section.html": ("{{ section.title }}", f"<ul>{rows}</ul>"),
        "page.html": ("{{ page.title }}", "<h1>{{ page.title }}</h1>{{ page.content | safe }}" + neighbours),
        "taxonomy_list.html": ("{{ taxonomy.name }}", "{% for term in terms %}{{ term.name }} {% endfor %}"),
        "taxonomy_single.html": ("{{ term.name }}", "{% for page in term.pages %}{{ page.title }} {% endfor %}"),
    }
    for name, (title, body) in templates.items():
        write(out / "templates" / name, PAGE.format(title=title, body=body))
    return ["zola", "build"]


def for_mdbook(source, out):
    summary = ["# Summary", "", "[Log](README.md)", ""]
    for kind, name, title, status, tags, body in records(source):
        summary.append(f"- [{title}]({kind}/{name})")
        write(out / "src" / kind / name, f"# {title}\n\n{status}; {', '.join(tags)}\n\n{body}")
    write(out / "src/README.md", "# Log\n")
    write(out / "src/SUMMARY.md", "\n".join(summary) + "\n")
    write(out / "book.toml", '[book]\ntitle = "Log"\n[output.html.search]\nenable = false\n[output.html.print]\nenable = false\n')
    return ["mdbook", "build"]


def for_hugo(source, out):
    write(out / "hugo.toml", 'baseURL = "http://localhost/"\ntitle = "Log"\n[taxonomies]\ntag = "tags"\n'
          "[markup.highlight]\nnoClasses = false\n[markup.goldmark.renderHooks.link]\nenableDefault = true\n")
    for kind, name, title, status, tags, body in records(source):
        front = f'title = "{title}"\ntags = {tags!r}\n[params]\nstate = "{status}"\n'.replace("'", '"')
        write(out / "content" / kind / name, f"+++\n{front}+++\n{body}")
    page = "<h1>{{ .Title }}</h1>{{ .Content }}{{ with .NextInSection }}<a href=\"{{ .Permalink }}\">{{ .Title }}</a>{{ end }}"
    rows = "<ul>{{ range .Pages }}<li><a href=\"{{ .Permalink }}\">{{ .Title }}</a></li>{{ end }}</ul>"
    for name, body in (("page", page), ("section", rows), ("home", rows), ("taxonomy", rows), ("term", rows)):
        write(out / "layouts" / f"{name}.html", PAGE.format(title="{{ .Title }}", body=body))
    return ["hugo", "--quiet"]


def for_precedent(source, out):
    shutil.copytree(source, out, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".precedent", "public"))
    return ["precedent", "build", "--no-cache", "--quiet", "--as-of", "2026-06-01"]


# Where each tool writes its site below its folder.
TOOLS = {"precedent": (for_precedent, "public"), "zola": (for_zola, "public"), "mdbook": (for_mdbook, "book"), "hugo": (for_hugo, "public")}


def taken(command, folder):
    """Seconds on the wall, seconds of processors, and MiB at the peak of one run."""
    start = time.monotonic()
    with open(os.devnull, "w") as nowhere:
        child = subprocess.Popen(command, cwd=folder, stdout=nowhere, stderr=subprocess.PIPE)
        words = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    # precedent ends with 1 when it found something to say.
    if child.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with {child.returncode}:\n{words.decode(errors='replace')[-2000:]}")
    memory = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, memory


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path, help="a folder that `cargo bench -- corpus` wrote")
    parser.add_argument("--precedent", help="the program [default: the one in PATH]")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    count = sum(1 for _ in arguments.corpus.glob("content/*/*.md"))
    if count == 0:
        sys.exit(f"there are no records below {arguments.corpus}/content; write some with `cargo bench -- corpus 1000 FOLDER`")
    print(f"| {count} records, medians of {arguments.runs} | wall | processor | memory | pages |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for tool, (prepare, site) in TOOLS.items():
        program = arguments.precedent if tool == "precedent" and arguments.precedent else shutil.which(tool)
        if program is None:
            print(f"| {tool} | not installed | | | |")
            continue
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            command = [os.path.abspath(program), *prepare(arguments.corpus, folder)[1:]]
            runs = []
            for _ in range(arguments.runs):
                shutil.rmtree(folder / site, ignore_errors=True)
                runs.append(taken(command, folder))
            pages = sum(1 for _ in (folder / site).rglob("*.html"))
            wall, cpu, memory = (statistics.median(figures) for figures in zip(*runs))
            print(f"| {tool} | {wall:.2f} s | {cpu:.2f} s | {memory:.0f} MiB | {pages} |")


if __name__ == "__main__":
    main()
