"""The Python half of a peer: answers each line of JSON on stdin with one on stdout.

A script calls `serve` with its workloads. A workload is a function without arguments that prepares
the work once and returns `run(iterations)`, which does it so many times in a loop of its own.
"""

import gc
import json
import platform
import sys
import time
import traceback


def serve(name, set_threads, workloads, functions=None, details=""):
    answers, sys.stdout = sys.stdout, sys.stderr
    prepared = {}

    def hello(threads):
        set_threads(threads)
        python = f"Python {platform.python_version()}, {threads} threads"
        return {"name": name, "details": f"{python}, {details}" if details else python}

    def time_workload(workload, iterations):
        if workload not in prepared:
            prepared[workload] = workloads[workload]()
        run = prepared[workload]
        gc.collect()
        start = time.perf_counter()
        run(iterations)
        return time.perf_counter() - start

    def call(function, arguments):
        return functions[function](**arguments)

    commands = {"hello": hello, "time": time_workload, "call": call}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"result": commands[request.pop("command")](**request)}
        except Exception:
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), file=answers, flush=True)
