# SPDX-License-Identifier: Apache-2.0
"""python_pdf - the same pages by pdfminer and by pdftotext, for comparison.

Usage: python_pdf.py NAME=FILE...  Prints "name value unit" lines like
nianbao-bench; what is not installed is left out.  Neither finds tables.
"""
import resource
import subprocess
import sys
import time

ROUNDS = 5


def pdfminer_pages(path):
    """Pages, and seconds of CPU for all of them, the best of ROUNDS."""
    from pdfminer.high_level import extract_pages

    best = 1e9
    for _ in range(ROUNDS):
        start = time.process_time()
        n = sum(1 for _ in extract_pages(path))
        best = min(best, time.process_time() - start)
    return n, best


def child_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def pdftotext(path):
    """Seconds of CPU of the whole process, the mean of ROUNDS."""
    start = child_seconds()
    for _ in range(ROUNDS):
        subprocess.run(
            ["pdftotext", "-layout", path, "-"],
            stdout=subprocess.DEVNULL,
            check=True,
        )
    return (child_seconds() - start) / ROUNDS


def main():
    for argument in sys.argv[1:]:
        name, path = argument.split("=", 1)
        try:
            pages, spent = pdfminer_pages(path)
        except ImportError:
            continue
        print(f"pdfminer_{name} {1000 * spent / pages:.2f} ms/page")
        try:
            print(f"pdftotext_{name} {1000 * pdftotext(path) / pages:.2f} ms/page")
        except FileNotFoundError:
            continue


main()
