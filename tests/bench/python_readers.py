# SPDX-License-Identifier: Apache-2.0
"""python_readers - the same tables by lxml and by pandas, for comparison.

Usage: python_readers.py NAME=FILE...  Prints "name value unit" lines like
nianbao-bench; a library that is not installed is left out.
"""
import io
import sys
import time

ROUNDS = 5
ROUND_S = 0.25


def measure(work):
    """Seconds of CPU for one document, the best of several rounds."""
    best = 1e9
    for _ in range(ROUNDS):
        start = time.process_time()
        n = 0
        while True:
            work()
            n += 1
            spent = time.process_time() - start
            if spent >= ROUND_S:
                break
        best = min(best, spent / n)
    return best


def lxml_tables(data):
    import lxml.html

    tree = lxml.html.fromstring(data)
    tables = [
        [
            ["".join(cell.itertext()).strip() for cell in row.iter("td", "th")]
            for row in table.xpath("./tr|./thead/tr|./tbody/tr")
        ]
        for table in tree.iter("table")
    ]
    assert tables
    return tables


def pandas_tables(data):
    import pandas

    return pandas.read_html(io.BytesIO(data), flavor="lxml")


def main():
    for argument in sys.argv[1:]:
        name, path = argument.split("=", 1)
        with open(path, "rb") as f:
            data = f.read()
        for reader, work in (("lxml", lxml_tables), ("pandas", pandas_tables)):
            try:
                work(data)
            except ImportError:
                continue
            seconds = measure(lambda: work(data))
            print(f"{reader}_{name} {1 / seconds:.0f} documents/s/core")


main()
