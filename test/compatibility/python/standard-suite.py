"""LangChain's own suite for chat models, against the server whose address and key stand in the environment."""

import base64
import os
from types import SimpleNamespace

import httpx
import pytest
from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI
from langchain_tests.integration_tests import ChatModelIntegrationTests
from langchain_xai import ChatXAI

BASE_URL = os.environ["TURNPIKE_URL"] + "/v1"
KEY = os.environ["TURNPIKE_KEY"]
PICTURE = base64.b64decode(os.environ["TURNPIKE_PICTURE"])


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The suite fetches its picture from the network; tests here have none and bring their own."""
    monkeypatch.setattr(httpx, "get", lambda *_, **__: SimpleNamespace(content=PICTURE))


class TestChatXAI(ChatModelIntegrationTests):
    @property
    def chat_model_class(self) -> type[BaseChatModel]:
        return ChatXAI

    @property
    def chat_model_params(self) -> dict:
        return {"model": "grok-beta", "base_url": BASE_URL, "api_key": KEY, "max_retries": 0}

    @property
    def supports_json_mode(self) -> bool:
        return True

    @property
    def model_override_value(self) -> str:
        return "grok-vision-beta"


class TestChatXAIVision(TestChatXAI):
    @property
    def chat_model_params(self) -> dict:
        return super().chat_model_params | {"model": "grok-vision-beta"}

    @property
    def supports_image_inputs(self) -> bool:
        return True

    @property
    def supports_image_tool_message(self) -> bool:
        return True

    @property
    def model_override_value(self) -> str:
        return "grok-beta"


class TestChatOpenAI(TestChatXAI):
    @property
    def chat_model_class(self) -> type[BaseChatModel]:
        return ChatOpenAI
