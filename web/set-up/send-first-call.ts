interface Answered {
  readonly choices?: readonly { readonly message?: { readonly content?: string } }[];
}

/** Sends the walk-through's call with the new key, as a program of the person's own would; what was answered. */
export async function sendFirstCall(secret: string): Promise<string> {
  const response = await fetch('/v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({
      messages: [
        {
          role: 'system',
          content: 'You are Grok, a chatbot inspired by the Hitchhikers Guide to the Galaxy.',
        },
        { role: 'user', content: 'What is the meaning of life, the universe, and everything?' },
      ],
      model: 'grok-beta',
      stream: false,
      temperature: 0,
    }),
  });
  if (!response.ok) throw new Error(`the first call was answered ${response.status}`);
  const { choices } = (await response.json()) as Answered;
  return choices?.[0]?.message?.content ?? '';
}
