import type { ColumnType, Generated } from 'kysely';
import type { AnswerState, GenerationEvent } from '../chat-store.ts';

/**
 * The tables as Kysely sees them, the same for every SQL engine: an integer is read as bigint (a tick must never be
 * rounded), a flag is 0 or 1, a list or record is JSON text. better-auth's dates are ISO text.
 */
type Integer = ColumnType<bigint, number | bigint, number | bigint>;
type OptionalInteger = ColumnType<bigint | null, number | bigint | null, number | bigint | null>;
type Flag = ColumnType<bigint, Bit, Bit>;
type Bit = 0 | 1;

export function bit(flag: boolean): Bit {
  return flag ? 1 : 0;
}

export interface Tables {
  user: UserTable;
  organization: OrganizationTable;
  member: MemberTable;
  api_keys: KeyTable;
  wallets: WalletTable;
  ledger_transactions: TransactionTable;
  holds: HoldTable;
  requests: RequestTable;
  usage_daily: DailyTable;
  usage_hourly: HourlyTable;
  channel_hourly: ChannelHourlyTable;
  activity: ActivityTable;
  credit_codes: CreditCodeTable;
  credit_code_uses: CreditCodeUseTable;
  sign_up_invitations: InvitationTable;
  sign_up_credits: SignUpCreditTable;
  free_credit_mailboxes: FreeCreditMailboxTable;
  free_credit_days: FreeCreditDayTable;
  alert_letters: AlertLetterTable;
  models: ModelTable;
  model_prices: PriceTable;
  channels: ChannelTable;
  settings: SettingTable;
  idempotency_keys: IdempotencyKeyTable;
  idempotency_totals: IdempotencyTotalsTable;
  chats: ChatTable;
  chat_messages: ChatMessageTable;
  chat_pictures: ChatPictureTable;
  chat_generations: ChatGenerationTable;
  chat_events: ChatEventTable;
  heartbeat: HeartbeatTable;
}

interface UserTable {
  id: string;
  name: string;
  email: string;
  emailVerified: Flag;
  createdAt: string;
  updatedAt: string;
  role: string | null;
  banned: ColumnType<bigint | null, Bit | null, Bit | null>;
  selfMade: ColumnType<bigint | null, Bit | null, Bit | null>;
}

interface OrganizationTable {
  id: string;
  name: string;
  slug: string;
  createdAt: string;
  personal: Flag;
  blocked: Flag;
}

interface MemberTable {
  id: string;
  organizationId: string;
  userId: string;
  role: string;
  createdAt: string;
}

interface KeyTable {
  id: string;
  hash: string;
  redacted: string;
  name: string;
  organization_id: string;
  user_id: string;
  acls: string;
  limits: string;
  expires_at_ms: OptionalInteger;
  disabled: Flag;
  revoked_at_ms: OptionalInteger;
  created_at_ms: Integer;
  modified_at_ms: Integer;
  modified_by: string;
  allowed_networks: string;
  spend_per_day_ticks: OptionalInteger;
  spend_per_month_ticks: OptionalInteger;
  follows_key_id: string | null;
  last_used_at_ms: OptionalInteger;
}

interface WalletTable {
  number: Integer;
  id: string;
  available_ticks: Integer;
  held_ticks: Integer;
}

interface TransactionTable {
  sequence: Integer;
  command: string;
  wallet_number: Integer;
  grant_id: string | null;
  request_id: string | null;
  step: OptionalInteger;
  memo: string | null;
  at_ms: Integer;
  available_ticks: Integer;
  held_ticks: Integer;
  credit_ticks: Integer;
  revenue_ticks: Integer;
  uncollected_ticks: Integer;
}

interface HoldTable {
  id: string;
  model: string;
}

export interface UsageColumns {
  input_tokens: Integer;
  cached_input_tokens: Integer;
  image_input_tokens: Integer;
  audio_input_tokens: Integer;
  output_tokens: Integer;
  reasoning_tokens: Integer;
}

interface RequestTable extends UsageColumns {
  sequence: Integer;
  id: string;
  at_ms: Integer;
  organization_id: string;
  user_id: string;
  key_id: string;
  model: string;
  channel: string;
  upstream_model: string;
  streamed: Flag;
  simulated: Flag;
  endpoint: string;
  outcome: string;
  http_status: Integer;
  failure_code: string | null;
  estimated: Flag;
  cost_ticks: Integer;
  uncollected_ticks: Integer;
  queued_ms: number;
  time_to_first_token_ms: number | null;
  duration_ms: number;
  gateway_ms: number;
  reported_input_tokens: OptionalInteger;
  reported_cached_input_tokens: OptionalInteger;
  reported_output_tokens: OptionalInteger;
  reported_reasoning_tokens: OptionalInteger;
  priced_from_ms: OptionalInteger;
}

interface DailyTable extends UsageColumns {
  organization_id: string;
  day: string;
  key_id: string;
  model: string;
  requests: Integer;
  failed_requests: Integer;
  cost_ticks: Integer;
}

/** What the tables of hours count; a page needs no more. */
export interface HourColumns {
  requests: Integer;
  failed_requests: Integer;
  input_tokens: Integer;
  cached_input_tokens: Integer;
  output_tokens: Integer;
  reasoning_tokens: Integer;
  cost_ticks: Integer;
}

interface HourlyTable extends HourColumns {
  organization_id: string;
  hour: Integer;
  key_id: string;
  model: string;
}

interface ChannelHourlyTable extends HourColumns {
  hour: Integer;
  channel: string;
  model: string;
}

interface ActivityTable {
  sequence: Generated<bigint>;
  id: string;
  at_ms: Integer;
  actor: string;
  action: string;
  subject: string;
  organization_id: string | null;
  changes: string;
  address: string | null;
}

interface CreditCodeTable {
  sequence: Generated<bigint>;
  id: string;
  hash: string;
  redacted: string;
  amount_ticks: Integer;
  most_uses: Integer;
  uses: Integer;
  memo: string;
  expires_at_ms: OptionalInteger;
  ended_at_ms: OptionalInteger;
  created_at_ms: Integer;
  created_by: string;
}

interface CreditCodeUseTable {
  code_id: string;
  organization_id: string;
  user_id: string;
  at_ms: Integer;
  granted: Flag;
}

interface InvitationTable {
  sequence: Generated<bigint>;
  id: string;
  hash: string;
  origin: 'operator' | 'request' | 'team';
  email: string | null;
  organization_id: string | null;
  team_role: string | null;
  expires_at_ms: Integer;
  created_at_ms: Integer;
  created_by: string;
  ended_at_ms: OptionalInteger;
  used_at_ms: OptionalInteger;
  used_by: string | null;
}

interface AlertLetterTable {
  alert_id: string;
  told_at_ms: Integer;
  recovered_at_ms: OptionalInteger;
}

interface SignUpCreditTable {
  user_id: string;
  email_key: string;
  day: string;
  asked_ticks: Integer;
  daily_cap_ticks: Integer;
  given_ticks: OptionalInteger;
}

interface FreeCreditMailboxTable {
  email_key: string;
  user_id: string;
}

interface FreeCreditDayTable {
  day: string;
  given_ticks: Integer;
}

interface ModelTable {
  id: string;
  aliases: string;
  input_modalities: string;
  output_modalities: string;
  context_tokens: Integer;
  maximum_output_tokens: Integer;
  limits: string;
  created_at_ms: Integer;
  owned_by: string;
  enabled: Flag;
}

interface PriceTable {
  model_id: string;
  valid_from_ms: Integer;
  input_ticks_per_token: Integer;
  cached_input_ticks_per_token: Integer;
  image_input_ticks_per_token: Integer;
  audio_input_ticks_per_token: Integer;
  output_ticks_per_token: Integer;
}

interface ChannelTable {
  id: string;
  name: string;
  kind: string;
  base_url: string;
  sealed_key: string | null;
  models: string;
  input_modalities: string;
  context_tokens: OptionalInteger;
  priority: Integer;
  enabled: Flag;
  created_at_ms: Integer;
}

interface SettingTable {
  name: string;
  value: string;
}

interface IdempotencyKeyTable {
  organization_id: string;
  key_hash: string;
  request_id: string;
  fingerprint: string;
  process_id: string;
  at_ms: Integer;
  state: 'running' | 'interrupted' | 'not-kept' | 'answered';
  model: string | null;
  status: OptionalInteger;
  headers: string | null;
  body: string | null;
  body_bytes: Generated<bigint>;
}

interface IdempotencyTotalsTable {
  organization_id: string;
  keys: Integer;
  bytes: Integer;
}

interface HeartbeatTable {
  id: Integer;
  beats: Integer;
}

interface ChatTable {
  id: string;
  user_id: string;
  organization_id: string;
  title: string;
  title_folded: string;
  model_id: string;
  leaf_id: string;
  pinned_at_ms: OptionalInteger;
  trashed_at_ms: OptionalInteger;
  created_at_ms: Integer;
  active_at_ms: Integer;
  system_text: string;
  temperature: OptionalInteger;
}

interface ChatMessageTable {
  sequence: Generated<bigint>;
  id: string;
  chat_id: string;
  user_id: string;
  parent_id: string | null;
  role: 'user' | 'assistant';
  text: string;
  text_folded: string;
  reasoning: string;
  created_at_ms: Integer;
  state: AnswerState | null;
  model_id: string | null;
  generation_id: string | null;
  reason: string | null;
  cost_ticks: Integer;
  input_tokens: Integer;
  output_tokens: Integer;
  reasoning_tokens: Integer;
  first_token_ms: OptionalInteger;
  picture_ids: string;
  reasoning_ms: Integer;
  duration_ms: Integer;
}

interface ChatPictureTable {
  id: string;
  chat_id: string;
  content_type: string;
  base64: string;
}

interface ChatGenerationTable {
  id: string;
  chat_id: string;
  message_id: string;
  user_id: string;
  process_id: string;
  slot: Integer;
  state: AnswerState;
  asked_to_stop: Flag;
  started_at_ms: Integer;
  seen_at_ms: Integer;
  ended_at_ms: OptionalInteger;
}

interface ChatEventTable {
  generation_id: string;
  number: Integer;
  kind: GenerationEvent['kind'];
  text: string;
}
