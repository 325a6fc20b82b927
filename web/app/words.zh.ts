import type { BrokenWords } from './words.en.ts';

export const zh: BrokenWords = {
  title: '页面没有打开',
  text: '有一部分没能加载，数据没有变动。请重新加载。',
  again: '重新加载',
};
