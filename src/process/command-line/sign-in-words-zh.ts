import type { englishSignIn } from './sign-in-words-en.ts';

/** What the command line says about how people sign in, in Chinese. */
export const chineseSignIn: typeof englishSignIn = {
  labels: { host: '适用于', synced: '已同步' },
  done: {
    'users password': (fact) =>
      `${fact('email')} 的新密码（只显示这一次）：${fact('password')}\n其所有会话已失效。`,
    'set-up-link': (fact) =>
      `最先打开此链接的人就是本系统的所有者。链接只能用一次，之前的链接随即失效：\n\n${fact('link')}`,
    'users sign-out': (fact) => `${fact('email')} 已退出登录，结束了 ${fact('sessions')} 个会话。`,
    'users passkey-remove': (fact) =>
      `${fact('email')} 的通行密钥“${fact('name')}”已移除，不能再用于登录。用它登录的会话仍然有效；如需全部退出：turnpike users sign-out ${fact('email')}`,
  },
};
