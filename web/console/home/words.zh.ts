import type { HomeWords } from './words.en.ts';
export const zh: HomeWords = { title: '首页' };
