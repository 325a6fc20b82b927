"""The official client, as its users use it: with another base URL."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from openai import AsyncOpenAI, OpenAI  # noqa: E402
from pydantic import BaseModel  # noqa: E402
from scenarios import serve, thrown_by  # noqa: E402

QUESTION = [{"role": "user", "content": "What is the meaning of life?"}]
WEATHER = {"role": "user", "content": "What is the weather in Paris?"}
TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Current weather of a city",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


class Recipe(BaseModel):
    name: str
    steps: list[str]
    minutes: int


def client(call, kind=OpenAI):
    base = call.get("base", "/v1")
    return kind(base_url=call["url"] + base, api_key=call["key"], max_retries=call.get("retries", 0))


def ask(call, **extra):
    given = {"model": call.get("model", "grok-beta"), "messages": QUESTION, "temperature": 0}
    return client(call).chat.completions.create(**(given | {"extra_body": call.get("extra")} | extra))


def chat(call):
    answer = ask(call)
    return {"content": answer.choices[0].message.content, "usage": answer.usage.model_dump(), "id": answer.id}


async def chat_async(call):
    answer = await client(call, AsyncOpenAI).chat.completions.create(model="grok-beta", messages=QUESTION)
    return answer.choices[0].message.content


def stream(call):
    text, usages = "", []
    for chunk in ask(call, stream=True, stream_options={"include_usage": True}):
        text += chunk.choices[0].delta.content or "" if chunk.choices else ""
        usages += [chunk.usage.model_dump()] if chunk.usage else []
    return {"content": text, "usages": usages}


def stream_broken_off(call):
    text = []

    def read():
        for chunk in ask(call, stream=True):
            text.append(chunk.choices[0].delta.content or "")

    return {"thrown": thrown_by(read), "content": "".join(text)}


def abort(call):
    answer = ask(call, stream=True)
    for count, _ in enumerate(answer):
        if count == 5:
            answer.close()
            return count
    return None


def tools(call):
    first = ask(call, messages=[WEATHER], tools=[TOOL], tool_choice="required").choices[0].message
    asked = first.tool_calls[0]
    result = {"role": "tool", "tool_call_id": asked.id, "content": "18 degrees and rain"}
    second = ask(call, messages=[WEATHER, first, result], tools=[TOOL])
    return {"name": asked.function.name, "arguments": asked.function.arguments, "content": second.choices[0].message.content}


def image(call):
    content = [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": call["picture"]}},
    ]
    answer = ask(call | {"model": "grok-vision-beta"}, messages=[{"role": "user", "content": content}])
    return {"content": answer.choices[0].message.content, "usage": answer.usage.model_dump()}


def structured(call):
    answer = client(call).chat.completions.parse(model="grok-beta", messages=QUESTION, response_format=Recipe)
    return answer.choices[0].message.parsed.model_dump()


def models(call):
    return [model.id for model in client(call).models.list()]


serve(
    {
        "chat": chat,
        "chat async": chat_async,
        "stream": stream,
        "stream broken off": stream_broken_off,
        "abort": abort,
        "tools": tools,
        "image": image,
        "structured": structured,
        "models": models,
        "fails": lambda call: thrown_by(lambda: ask(call)),
    }
)
