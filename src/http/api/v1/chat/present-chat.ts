import type { ChatMessageRow, ChatRow } from '../../../../storage/chat-store.ts';
import type { Chat, ChatMessage } from '../../wire/chat.ts';

export function presentChat(row: ChatRow): Chat {
  return {
    id: row.id,
    teamId: row.organizationId,
    title: row.title,
    model: row.modelId,
    leafId: row.leafId,
    pinnedAtMs: row.pinnedAtMs,
    trashedAtMs: row.trashedAtMs,
    createdAtMs: row.createdAtMs,
    activeAtMs: row.activeAtMs,
    systemText: row.systemText,
    temperature: row.temperature === null ? null : row.temperature / 100,
  };
}

export function presentMessage({ answer, ...row }: ChatMessageRow): ChatMessage {
  return {
    id: row.id,
    parentId: row.parentId,
    role: row.role,
    text: row.text,
    pictureIds: [...row.pictureIds],
    reasoning: row.reasoning,
    createdAtMs: row.createdAtMs,
    answer: answer && {
      state: answer.state,
      model: answer.modelId,
      generationId: answer.generationId,
      reason: answer.reason,
      costTicks: String(answer.costTicks),
      inputTokens: answer.inputTokens,
      outputTokens: answer.outputTokens,
      reasoningTokens: answer.reasoningTokens,
      firstTokenMs: answer.firstTokenMs,
      reasoningMs: answer.reasoningMs,
      durationMs: answer.durationMs,
    },
  };
}

/** A temperature as it is stored. */
export function inHundredths(temperature: number | null): number | null {
  return temperature === null ? null : Math.round(100 * temperature);
}
