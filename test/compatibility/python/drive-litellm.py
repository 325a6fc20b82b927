"""LiteLLM, as a library: `xai/` finds its server in the environment, `openai/` is told where it is."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
# The table of prices that it carries is enough; it would ask the network for a newer one.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

import litellm  # noqa: E402
from pydantic import BaseModel  # noqa: E402
from scenarios import serve, thrown_by  # noqa: E402

litellm.telemetry = False

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


def place(call):
    """Where the provider finds the server."""
    if call["provider"] == "xai":
        os.environ["XAI_API_BASE"] = call["url"] + "/v1"
        os.environ["XAI_API_KEY"] = call["key"]
        return {}
    return {"api_base": call["url"] + "/v1", "api_key": call["key"]}


def ask(call, **extra):
    model = call["provider"] + "/" + call.get("model", "grok-beta")
    given = {"model": model, "messages": QUESTION, "num_retries": call.get("retries", 0)}
    return litellm.completion(**(given | place(call) | {"extra_body": call.get("extra") or {}} | extra))


def chat(call):
    answer = ask(call, max_completion_tokens=500)
    return {
        "content": answer.choices[0].message.content,
        "usage": answer.usage.model_dump(),
        "cost": answer._hidden_params.get("response_cost"),
    }


async def chat_async(call):
    model = call["provider"] + "/grok-beta"
    answer = await litellm.acompletion(model=model, messages=QUESTION, **place(call))
    return answer.choices[0].message.content


def stream(call):
    text, usages = "", []
    for chunk in ask(call, stream=True, stream_options={"include_usage": True}):
        text += chunk.choices[0].delta.content or "" if chunk.choices else ""
        usage = getattr(chunk, "usage", None)
        usages += [usage.model_dump()] if usage else []
    return {"content": text, "usages": usages}


def stream_broken_off(call):
    text = []

    def read():
        for chunk in ask(call, stream=True):
            text.append(chunk.choices[0].delta.content or "")

    return {"thrown": thrown_by(read), "content": "".join(text)}


async def abort(call):
    model = call["provider"] + "/grok-beta"
    answer = await litellm.acompletion(
        model=model, messages=QUESTION, stream=True, extra_body=call["extra"], **place(call)
    )
    count = 0
    async for _ in answer:
        if count == 5:
            await answer.aclose()
            return count
        count += 1
    return None


def tools(call):
    first = ask(call, messages=[WEATHER], tools=[TOOL], tool_choice="required").choices[0].message
    asked = first.tool_calls[0]
    result = {"role": "tool", "tool_call_id": asked.id, "name": "get_weather", "content": "18 degrees and rain"}
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
    answer = ask(call, response_format=Recipe)
    return Recipe.model_validate_json(answer.choices[0].message.content).model_dump()


def models(call):
    place(call)
    return litellm.get_valid_models(check_provider_endpoint=True, custom_llm_provider="xai")


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
