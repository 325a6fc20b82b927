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
  refusals: {
    'weak-password': ({ fault }): string =>
      fault === 'too-common' ? '这个密码太常见，很容易被猜中。请换一个。' : '密码长度须为 10 到 256 个字符。',
    'wrong-password': () => '密码不正确。',
    'passkeys-not-here': ({ url }) =>
      `浏览器只允许在使用域名的 https 地址上使用通行密钥，而此服务器的地址是 ${url}。请设置 TURNPIKE_PUBLIC_URL。`,
    'passkey-not-taken': () => '这个通行密钥不是为此服务器创建的，或用时过长。',
    'passkey-exists': () => '这个通行密钥已经添加过了。',
    'too-many-passkeys': ({ most }) => `每人最多 ${most} 个通行密钥。`,
    'unknown-passkey': ({ passkey }) =>
      `该用户没有通行密钥 ${passkey}。用 turnpike users passkeys EMAIL 查看现有的通行密钥。`,
    'last-way-in': () => '这是该用户唯一的登录方式。',
  },
};
