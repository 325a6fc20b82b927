import type { Insertable, Selectable } from 'kysely';
import { foldText } from '../chat-cursor.ts';
import type { ChatMessageRow, ChatRow, GenerationRow } from '../chat-store.ts';
import type { Tables } from './tables.ts';

/** Between the rows of tables and what the port of conversations speaks of. */

export function chatColumns(row: ChatRow): Insertable<Tables['chats']> {
  return {
    id: row.id,
    user_id: row.userId,
    organization_id: row.organizationId,
    title: row.title,
    title_folded: foldText(row.title),
    model_id: row.modelId,
    leaf_id: row.leafId,
    pinned_at_ms: row.pinnedAtMs,
    trashed_at_ms: row.trashedAtMs,
    created_at_ms: row.createdAtMs,
    active_at_ms: row.activeAtMs,
    system_text: row.systemText,
    temperature: row.temperature,
  };
}

export function presentChat(row: Selectable<Tables['chats']>): ChatRow {
  return {
    id: row.id,
    userId: row.user_id,
    organizationId: row.organization_id,
    title: row.title,
    modelId: row.model_id,
    leafId: row.leaf_id,
    pinnedAtMs: optionalNumber(row.pinned_at_ms),
    trashedAtMs: optionalNumber(row.trashed_at_ms),
    createdAtMs: Number(row.created_at_ms),
    activeAtMs: Number(row.active_at_ms),
    systemText: row.system_text,
    temperature: optionalNumber(row.temperature),
  };
}

export function messageColumns(row: ChatMessageRow, userId: string): Insertable<Tables['chat_messages']> {
  return {
    id: row.id,
    chat_id: row.chatId,
    user_id: userId,
    parent_id: row.parentId,
    role: row.role,
    text: row.text,
    text_folded: foldText(row.text),
    reasoning: row.reasoning,
    created_at_ms: row.createdAtMs,
    state: row.answer?.state ?? null,
    model_id: row.answer?.modelId ?? null,
    generation_id: row.answer?.generationId ?? null,
    reason: row.answer?.reason ?? null,
    cost_ticks: row.answer?.costTicks ?? 0n,
    input_tokens: row.answer?.inputTokens ?? 0,
    output_tokens: row.answer?.outputTokens ?? 0,
    reasoning_tokens: row.answer?.reasoningTokens ?? 0,
    first_token_ms: row.answer?.firstTokenMs ?? null,
    picture_ids: JSON.stringify(row.pictureIds),
    reasoning_ms: row.answer?.reasoningMs ?? 0,
    duration_ms: row.answer?.durationMs ?? 0,
  };
}

export function presentMessage(row: Selectable<Tables['chat_messages']>): ChatMessageRow {
  return {
    id: row.id,
    chatId: row.chat_id,
    parentId: row.parent_id,
    role: row.role,
    text: row.text,
    pictureIds: JSON.parse(row.picture_ids) as string[],
    reasoning: row.reasoning,
    createdAtMs: Number(row.created_at_ms),
    answer:
      row.state === null
        ? null
        : {
            state: row.state,
            modelId: row.model_id ?? '',
            generationId: row.generation_id ?? '',
            reason: row.reason,
            costTicks: row.cost_ticks,
            inputTokens: Number(row.input_tokens),
            outputTokens: Number(row.output_tokens),
            reasoningTokens: Number(row.reasoning_tokens),
            firstTokenMs: optionalNumber(row.first_token_ms),
            reasoningMs: Number(row.reasoning_ms),
            durationMs: Number(row.duration_ms),
          },
  };
}

export function presentGeneration(row: Selectable<Tables['chat_generations']>): GenerationRow {
  return {
    id: row.id,
    chatId: row.chat_id,
    messageId: row.message_id,
    userId: row.user_id,
    processId: row.process_id,
    startedAtMs: Number(row.started_at_ms),
    state: row.state,
    isAskedToStop: row.asked_to_stop === 1n,
  };
}

function optionalNumber(value: bigint | null): number | null {
  return value === null ? null : Number(value);
}
