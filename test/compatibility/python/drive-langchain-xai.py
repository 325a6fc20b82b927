"""`langchain-xai`: what LangChain's own suite does not look at."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from langchain_core.messages import HumanMessage  # noqa: E402
from langchain_xai import ChatXAI  # noqa: E402
from scenarios import serve, thrown_by  # noqa: E402


def model(call):
    return ChatXAI(
        model=call.get("model", "grok-beta"),
        base_url=call["url"] + "/v1",
        api_key=call["key"],
        max_retries=call.get("retries", 0),
        extra_body=call.get("extra"),
    )


def image(call):
    content = [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": call["picture"]}},
    ]
    answer = model(call | {"model": "grok-vision-beta"}).invoke([HumanMessage(content)])
    return {"content": answer.content, "usage": dict(answer.usage_metadata)}


def abort(call):
    stream = model(call).stream("Hello")
    for count, _ in enumerate(stream):
        if count == 5:
            stream.close()
            return count
    return None


def stream_broken_off(call):
    text = []

    def read():
        for chunk in model(call).stream("Hello"):
            text.append(chunk.content)

    return {"thrown": thrown_by(read), "content": "".join(text)}


serve(
    {
        "image": image,
        "abort": abort,
        "stream broken off": stream_broken_off,
        "fails": lambda call: thrown_by(lambda: model(call).invoke("Hello")),
    }
)
