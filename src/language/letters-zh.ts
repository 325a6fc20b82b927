import type { Letters } from './letters.ts';

/** The letters in Chinese. */
export const chineseLetters: Letters = {
  test: (host) => ({
    subject: 'Turnpike：测试邮件',
    paragraphs: [`这是来自 ${host} 上 Turnpike 的测试邮件。`, '能看到这封邮件，说明发信正常。'],
    closing: [],
  }),
  signUp: (host, url, minutes) => ({
    subject: 'Turnpike：创建您的账户',
    paragraphs: [`您申请了 ${host} 上 Turnpike 的账户。`],
    link: { label: '创建账户', url },
    closing: [`链接只能用一次，${minutes} 分钟内有效。`, '如果不是您本人申请，请忽略此邮件：账户不会创建。'],
  }),
  signUpKnown: (host, url) => ({
    subject: 'Turnpike：您已有账户',
    paragraphs: [`有人用此邮箱申请 ${host} 上 Turnpike 的账户，而它已有账户。`],
    link: { label: '登录', url },
    closing: ['如果不是您本人，请忽略此邮件：没有任何变动。'],
  }),
  invitation: (host, url, days) => ({
    subject: 'Turnpike：邀请您创建账户',
    paragraphs: [`${host} 上 Turnpike 的管理员邀请您创建账户。`],
    link: { label: '创建账户', url },
    closing: [`链接只能用一次，${days} 天内有效。`, '如果您不清楚这是什么，请忽略此邮件：账户不会创建。'],
  }),
  teamInvitation: (host, inviter, url, days) => ({
    subject: 'Turnpike：邀请您加入团队',
    paragraphs: [
      `${inviter} 邀请您加入 ${host} 上 Turnpike 的一个团队。`,
      '请用此邮箱登录，邀请会显示在控制台顶部，由您决定接受或谢绝。',
    ],
    link: { label: '查看邀请', url },
    closing: [
      `邀请 ${days} 天内有效。如果控制台没有显示，请先在个人资料中确认邮箱。`,
      '如果您不认识对方，请忽略此邮件：未经您同意，不会有任何变动。',
    ],
  }),
  teamInvitationToNewcomer: (host, inviter, url, days) => ({
    subject: 'Turnpike：邀请您加入团队',
    paragraphs: [
      `${inviter} 邀请您加入 ${host} 上 Turnpike 的一个团队。`,
      '您在那里还没有账户。打开链接即可创建账户并加入团队。',
    ],
    link: { label: '创建账户', url },
    closing: [`链接只能用一次，${days} 天内有效。`, '如果您不认识对方，请忽略此邮件：账户不会创建。'],
  }),
  balanceBelow: ({ host, team, line, now, url }) => ({
    subject: `Turnpike：余额低于 ${line}`,
    paragraphs: [
      `${host} 上${team === null ? '您的个人团队' : `团队 ${team} `}的余额已低于 ${line}，当前可用 ${now}。`,
    ],
    link: { label: '查看限额与提醒', url },
    closing: ['团队设置了这条提醒，因此您收到此邮件。余额回升后再次低于该数额时，才会再次发信。'],
  }),
  spentInADay: ({ host, team, line, now, url }) => ({
    subject: `Turnpike：今日支出超过 ${line}`,
    paragraphs: [
      `${host} 上${team === null ? '您的个人团队' : `团队 ${team} `}今日（UTC）已支出 ${now}，超过了 ${line}。`,
    ],
    link: { label: '查看限额与提醒', url },
    closing: ['团队设置了这条提醒，因此您收到此邮件。每天最多发送一次，请求不会因此中断。'],
  }),
  resetPassword: (host, url, minutes) => ({
    subject: 'Turnpike：设置新密码',
    paragraphs: [`您申请为 ${host} 上的 Turnpike 账户设置新密码。`],
    link: { label: '设置新密码', url },
    closing: [
      `链接只能使用一次，${minutes} 分钟内有效。新密码设置后，您的所有会话都会退出。`,
      '如果不是您本人的操作，请忽略这封邮件，账户没有任何变化。',
    ],
  }),
  passwordWasReset: (host) => ({
    subject: 'Turnpike：您的密码已更改',
    paragraphs: [`您在 ${host} 上的账户密码已更改，其他会话均已退出。`],
    closing: ['如果不是您本人的操作，请立即重新设置密码，并告知管理员。'],
  }),
  passkeyWasAdded: (host) => ({
    subject: 'Turnpike：您的账户添加了通行密钥',
    paragraphs: [`您在 ${host} 上的账户添加了一个通行密钥，今后可以用它登录，无需密码。`],
    closing: [
      '如果不是您本人的操作，请登录后在“安全”中移除它，让其他会话全部退出，并更改密码。如果无法登录，请告知管理员。',
    ],
  }),
  operatorSetPassword: (host) => ({
    subject: 'Turnpike：管理员为您设置了新密码',
    paragraphs: [
      `${host} 上 Turnpike 的管理员为您的账户设置了新密码，您的所有会话均已退出。`,
      '请向管理员索取新密码，登录后在“安全”中更改。',
    ],
    closing: ['如果您没有提出过这个请求，请向管理员询问原因。'],
  }),
  operatorTurnedSecondFactorOff: (host) => ({
    subject: 'Turnpike：管理员关闭了您的两步验证',
    paragraphs: [`${host} 上 Turnpike 的管理员关闭了您账户的两步验证，今后登录不再需要应用的验证码。`],
    closing: ['您可以在“安全”中重新开启。', '如果您没有提出过这个请求，请向管理员询问原因。'],
  }),
  operatorRemovedPasskey: (host) => ({
    subject: 'Turnpike：管理员移除了您的一个通行密钥',
    paragraphs: [
      `${host} 上 Turnpike 的管理员移除了您账户的一个通行密钥。它不能再用于登录，请在设备上也删除它。`,
    ],
    closing: ['如果您没有提出过这个请求，请向管理员询问原因。'],
  }),
  signInCode: (host, code, minutes) => ({
    subject: 'Turnpike：登录验证码',
    paragraphs: [`您正在登录 ${host} 上的 Turnpike，请在登录页输入以下验证码：`],
    code,
    closing: [
      `验证码只能使用一次，${minutes} 分钟内有效。请勿告诉任何人，Turnpike 不会向您索要验证码。`,
      '如果您没有在登录，请忽略这封邮件。',
    ],
  }),
  confirmEmail: (host, url, hours) => ({
    subject: 'Turnpike：确认您的邮箱',
    paragraphs: [`请确认这个邮箱属于您在 ${host} 上的账户。`],
    link: { label: '确认邮箱', url },
    closing: [`链接只能使用一次，${hours} 小时内有效。`, '如果您没有那里的账户，请忽略这封邮件。'],
  }),
  confirmNewEmail: (host, url, hours) => ({
    subject: 'Turnpike：确认新邮箱',
    paragraphs: [`${host} 上的一个账户申请改用这个邮箱。`],
    link: { label: '改用这个邮箱', url },
    closing: [
      `链接只能使用一次，${hours} 小时内有效。打开之前，账户仍使用原来的邮箱。`,
      '如果不是您本人的操作，请忽略这封邮件。',
    ],
  }),
  emailWasChanged: (host, newEmail) => ({
    subject: 'Turnpike：您的邮箱已更改',
    paragraphs: [`您在 ${host} 上的账户现在使用邮箱 ${newEmail}，此邮箱不能再用于登录。`],
    closing: ['如果不是您本人的操作，请立即告知管理员。'],
  }),
};
