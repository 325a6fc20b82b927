import { passwordWords } from '../design/password-words.zh.ts';
import type { SignUpWords } from './words.en.ts';

export const zh: SignUpWords = {
  otherLanguage: 'English',
  stays: '您的数据只保存在这台服务器上',
  title: '创建您的账户',
  to: (host) => `${host} 上的 Turnpike`,
  invitedTo: (team, host) => `并加入 ${team}，${host} 上的 Turnpike`,
  name: '姓名',
  nameHint: '其他人看到的就是这个名字。',
  email: '邮箱',
  domains: (domains) => `这里接受 ${domains.join('、')} 的邮箱。`,
  password: passwordWords,
  credit: (amount) => `起始额度最多 ${amount}。`,
  make: '创建账户',
  making: '正在创建…',
  away: '服务器没有响应，账户没有创建。请重试。',
  send: '发送链接',
  sending: '正在发送…',
  sent: {
    title: '请查收邮件',
    text: (email) => `邮件正在发往 ${email}。其中的链接只能用一次，一小时内有效，账户在那里创建。`,
    nothing: '没有收到？请查看垃圾邮件，或者',
    again: '重新发送。',
  },
  over: {
    title: '这个链接已失效',
    text: '它已被使用、撤回或过期。',
    ask: '在此重新申请',
    operator: '请向发送者索取新的链接。',
  },
  shut: {
    'invite-only': {
      title: '凭邀请注册',
      text: '这里的账户凭邀请创建。请向本服务器的管理员索取链接。',
    },
    closed: { title: '注册已关闭', text: '这里的账户由本服务器的管理员创建，请与其联系。' },
  },
  known: '已有账户？',
  signIn: '登录',
};
