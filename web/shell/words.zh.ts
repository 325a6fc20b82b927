import type { ShellWords } from './words.en.ts';

export const zh: ShellWords = {
  skip: '跳到正文',
  nav: {
    label: '页面',
    home: '首页',
    chat: '对话',
    keys: '密钥',
    usage: '用量',
    models: '模型',
    credit: '额度',
    operator: '管理',
    overview: '总览',
    channels: '渠道',
    catalogue: '模型与价格',
    people: '用户',
    codes: '兑换码',
    ledger: '账本',
  },
  menu: {
    open: '账户、语言、主题',
    language: 'English',
    theme: { system: '主题：跟随系统', light: '主题：浅色', dark: '主题：深色' },
    team: (name) => `切换到 ${name}`,
    signOut: '退出登录',
  },
  simulated: '尚未接入模型：所有回答都来自模拟器。',
  connect: '接入模型',
  more: '更多',
  close: '关闭',
  loading: '正在加载',
  notThere: { title: '没有这个页面', text: '这个地址没有对应的页面。', home: '回到首页' },
};
