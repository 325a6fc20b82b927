"""The driver's side of `client-under-test.ts`, like `serve-scenarios.mjs`: a JSON line in, a JSON line out."""

import asyncio
import inspect
import json
import sys
import traceback


def serve(scenarios):
    """Runs the scenarios that are asked for, one after the other. Each gets a dictionary with `url` and `key`."""
    for line in sys.stdin:
        call = json.loads(line)
        reply = {"answerTo": call["answerTo"]}
        try:
            value = scenarios[call["scenario"]](call["input"])
            reply["value"] = asyncio.run(value) if inspect.isawaitable(value) else value
        except Exception:
            reply["error"] = traceback.format_exc()
        print(json.dumps(reply, separators=(",", ":")), flush=True)


def thrown_by(attempt):
    """What a client throws, with the names of all its classes; None when it throws nothing."""
    try:
        attempt()
    except Exception as error:
        return {
            "is": [base.__name__ for base in type(error).__mro__],
            "message": str(error),
            "body": getattr(error, "body", None),
            "status": getattr(error, "status_code", None),
        }
    return None
