import type { SignInWords } from './words.en.ts';

export const zh: SignInWords = {
  title: '登录',
  to: (host) => `${host} 上的 Turnpike`,
  email: '邮箱',
  password: '密码',
  signIn: '登录',
  signingIn: '正在登录…',
  otherLanguage: 'English',
  closed: '此处的账户由管理员创建。',
  forgotten: '忘记密码？管理员可以用“turnpike users password”设置新密码。',
  stays: '您的数据只保存在这台服务器上',
  problems: {
    wrong: '邮箱与密码不匹配，请检查两者。',
    tooMany: '尝试次数过多，请等一刻钟再试。',
    banned: '这个账户已被停用，请联系管理员。',
    away: '服务器没有响应，数据没有变动。请重试。',
  },
};
