import type { MailFault } from '../../ports/mailer.ts';
import type { englishMail } from './mail-words-en.ts';

const FAULTS: Readonly<Record<MailFault, string>> = {
  unreachable: '无法连接',
  'timed-out': '没有及时响应',
  'not-trusted': '不提供 TLS，或证书不可信',
  'not-signed-in': '拒绝了用户名或密码',
  refused: '拒收这封邮件',
  busy: '要求稍后再试',
  'not-writable': '文件夹不可写',
};

/** What the command line says about mail and the second factor, in Chinese. */
export const chineseMail: typeof englishMail = {
  letters: {
    sent: '\n\n邮件已由邮件服务器接收。',
    'not-sent': '\n\n邮件未能发出，请自行把链接发给对方。运行 turnpike doctor 可查看邮件的问题。',
  },
  done: {
    'users second-factor-off': (fact) => `${fact('email')} 的两步验证已关闭，重新设置之前登录无需验证码。`,
    'mail test': (fact) =>
      fact('by') === 'folder'
        ? `给 ${fact('address')} 的邮件已写入 ${fact('place')}。`
        : `给 ${fact('address')} 的邮件已交给 ${fact('place')}。`,
  },
  refusals: {
    'mail-settings-wrong': () => 'TURNPIKE_SMTP_URL 或 TURNPIKE_MAIL_FROM 无法使用。',
    'mail-not-sent': ({ place, fault, answer }) => `邮件未能经由 ${place} 发出：${because(fault, answer)}。`,
  },
  checks: {
    'mail-by-server': ({ place }) => ({ text: `邮件服务器 ${place} 可以发信。` }),
    'mail-to-folder': ({ path }) => ({
      text: `未配置邮件服务器：邮件以文件形式保存在 ${path}。`,
      remedy: '请设置 TURNPIKE_SMTP_URL 和 TURNPIKE_MAIL_FROM，再试：turnpike mail test EMAIL',
    }),
    'mail-not-ready': ({ place, fault, answer }) => ({
      text: `邮件无法经由 ${place} 发出：${because(fault, answer)}。`,
      remedy: '请更正 TURNPIKE_SMTP_URL，再试：turnpike mail test EMAIL',
    }),
    'mail-settings-wrong': () => ({
      text: 'TURNPIKE_SMTP_URL 或 TURNPIKE_MAIL_FROM 无法使用。',
      remedy: '启动服务器时会说明原因。',
    }),
  },
};

function because(fault: string, answer: string): string {
  const words = FAULTS[fault as MailFault] ?? fault;
  return answer === '' ? words : `${words}（${answer}）`;
}
