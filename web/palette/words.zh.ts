import type { PaletteWords } from './words.en.ts';

export const zh: PaletteWords = {
  title: '查找',
  field: '查找页面、密钥、对话、请求……',
  close: '关闭',
  results: '查找结果',
  nothing: (text) => `没有找到“${text}”。`,
  groups: { pages: '页面', actions: '操作', keys: '密钥', people: '用户', chats: '对话', requests: '请求' },
  actions: {
    newChat: '新对话',
    language: 'English',
    theme: { system: '主题：跟随系统', light: '主题：浅色', dark: '主题：深色' },
    signOut: '退出登录',
  },
  request: (id) => `请求 ${id}`,
  found: (count) => `${count} 个结果`,
};
