import type { PasswordWords } from './password-words.en.ts';

/** What a new password is told, in Chinese. */
export const passwordWords: PasswordWords = {
  label: '密码',
  show: '显示',
  hide: '隐藏',
  hint: '至少 10 个字符。用几个词连成一句，好记又难猜。',
  missing: (characters) => `还差 ${characters} 个字符。`,
  levels: {
    weak: '弱：容易猜到，请再加长。',
    fair: '一般：有耐心的人猜得到。',
    good: '较强：很难猜到。',
    strong: '强：猜不到。',
  },
};
