import type { Modality } from '../domain/model-catalogue.ts';

/** Upstreams that many people have, so that nobody needs to look their address up. */
export interface ChannelPreset {
  readonly name: string;
  readonly baseUrl: string;
  readonly inputModalities: readonly Modality[];
  /** Absent when the upstream's models have names of their own, which the operator must map. */
  readonly routes?: readonly string[];
}

export const CHANNEL_PRESETS = {
  xai: {
    name: 'xai',
    baseUrl: 'https://api.x.ai/v1',
    inputModalities: ['text', 'image'],
    routes: ['*'],
  },
  ollama: { name: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1', inputModalities: ['text'] },
} as const satisfies Readonly<Record<string, ChannelPreset>>;

export type ChannelPresetName = keyof typeof CHANNEL_PRESETS;
