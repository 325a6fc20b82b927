import { formatUsd } from '../../domain/money.ts';
import type { RefusalFacts } from '../../domain/refusal.ts';
import type { refusalsInEnglish } from './refusal-words-en.ts';

const usd = (ticks: string) => formatUsd(BigInt(ticks));

export const refusalsInChinese: {
  readonly [Code in keyof typeof refusalsInEnglish]: (facts: RefusalFacts[Code]) => string;
} = {
  'bad-email': ({ email }) => `${email} 不是可用的邮箱地址。`,
  'bad-name': () => '名称须为一行、1 到 100 个字符，不含控制字符。',
  'email-taken': ({ email }) => `邮箱 ${email} 已有用户。`,
  'already-set-up': () => '本服务器已完成设置，请直接登录。',
  'set-up-link-over': () => '这个链接已失效。最新的链接在启动服务器的终端里。',
  'registration-closed': () => '注册已关闭。管理员可以开放注册，或直接创建用户。',
  'registration-needs-mail': () =>
    '要向所有人开放注册，须能发送邮件，以确认邮箱属于本人。请先在 TURNPIKE_SMTP_URL 中设置邮件服务器。',
  'bad-registration': ({ modes }) => `注册方式须为以下之一：${modes}。`,
  'bad-domains': ({ most }) => `域名形如 example.com，以逗号分隔，最多 ${most} 个。`,
  'domain-not-allowed': ({ domains }) => `这里只接受以下域名的邮箱：${domains}。`,
  'invitation-over': () => '这个邀请已失效：已被使用、撤回或过期。请索取新的邀请。',
  'invitation-too-long': ({ days }) => `邀请的有效期最长 ${days} 天。`,
  'unknown-invitation': () => '没有这个仍可使用的邀请。',
  'letter-needs-address': () => '发送邮件需要收件地址：请填写邀请对象的邮箱。',
  'letter-needs-mail': () => '发送邮件需要邮件服务器：请设置 TURNPIKE_SMTP_URL 并重新启动。',
  'too-many-invitations': ({ most }) =>
    `一个团队最多有 ${most} 个待接受的邀请。请先撤回一个，或等待对方答复。`,
  'set-by-environment': ({ name }) => `${name} 由环境变量设置。请在环境变量中修改，然后重新启动。`,
  'unknown-user': ({ user }) => `没有用户 ${user}。`,
  'unknown-team': ({ team }) => `没有团队 ${team}。`,
  'owner-stays': ({ user }) => `${user} 是本系统的所有者，不能停用。`,
  'owner-signs-in': ({ user }) =>
    `${user} 是本系统的所有者，登录方式只能由本人更改。管理服务器的人可以使用命令行。`,
  'own-sign-in': () => '您自己的登录方式请在“安全”页面更改。',
  'user-is-banned': ({ user }) => `${user} 已被停用，请先重新启用。`,
  'team-is-blocked': ({ team }) => `${team} 已被封禁，请联系本系统的管理员解封。`,
  'bad-slug': ({ slug }) =>
    `${slug} 不能用作短名称：须为 1 到 48 个小写字母、数字或中间的连字符，不能像 id，也不能以 personal- 开头。`,
  'slug-taken': ({ slug }) => `已有团队 ${slug}。`,
  'already-member': ({ user, team }) => `${user} 已在 ${team} 中。`,
  'not-a-member': ({ user, team }) => `${user} 不在 ${team} 中。`,
  'weak-password': ({ fault }): string =>
    fault === 'too-common' ? '这个密码太常见，很容易被猜中。请换一个。' : '密码长度须为 10 到 256 个字符。',
  'wrong-password': () => '密码不正确。',
  'passkeys-not-here': ({ url }) =>
    `浏览器只允许在使用域名的 https 地址上使用通行密钥，而此服务器的地址是 ${url}。管理员可以用 TURNPIKE_PUBLIC_URL 设置其他地址。`,
  'passkey-not-taken': () => '这个通行密钥不是为此页面创建的，或用时过长。请重新开始。',
  'passkey-exists': () => '这个通行密钥已经添加过了。',
  'too-many-passkeys': ({ most }) => `每人最多 ${most} 个通行密钥，请先移除一个。`,
  'unknown-passkey': () => '没有这个通行密钥。',
  'last-way-in': () => '这是您唯一的登录方式。请先设置密码，或添加另一个通行密钥。',
  'last-owner': ({ team }) => `这样 ${team} 就没有所有者了。请先加入另一位所有者。`,
  'personal-team': ({ team }) => `${team} 是个人团队，成员只有本人。`,
  'unknown-key': () => '该团队没有这个密钥。',
  'key-is-revoked': ({ key }) => `${key} 已永久吊销，请新建密钥。`,
  'too-many-keys': ({ most }) => `一个团队最多有 ${most} 个未吊销且未过期的密钥。`,
  'bad-acl': ({ acl }) =>
    `${acl} 不是权限条目。条目形如 api-key:model:grok-beta 或 api-key:endpoint:chat，* 表示全部。`,
  'too-many-acls': ({ most }) => `一个密钥最多有 ${most} 条权限。`,
  'bad-limit': ({ most }) => `限制须为 1 到 ${most} 的整数。`,
  'moment-past': () => '该时间已经过去。',
  'bad-network': ({ network }) =>
    `${network} 不是网段。网段形如 10.0.0.0/8、2001:db8::/32 或 192.0.2.7，前缀之后的位须为零。`,
  'too-many-networks': ({ most }) => `一个密钥最多有 ${most} 个网段。`,
  'bad-spend-limit': ({ mostTicks }) =>
    `支出上限须大于零，且不超过 ${usd(mostTicks)}。要停用密钥，请直接停用。`,
  'bad-overlap': ({ days }) => `重叠期最长 ${days} 天。`,
  'bad-amount': () => '金额须大于零，且不超过 $900,719。',
  'not-enough': ({ availableTicks, askedTicks }) =>
    `可用额度只有 ${usd(availableTicks)}，少于 ${usd(askedTicks)}。没有变动。`,
  'too-much-credit': ({ mostTicks }) => `一个团队最多有 ${usd(mostTicks)}。没有变动。`,
  'bad-memo': ({ most }) => `备注须为一行，不超过 ${most} 个字符。`,
  'bad-transaction-id': () => 'id 须为 1 到 100 个字母、数字或 . _ : -，并以字母或数字开头。',
  'transaction-differs': ({ id }) => `id ${id} 已用于另一笔变动。没有变动；请换一个 id。`,
  'too-many-alerts': ({ most }) => `一个团队最多有 ${most} 条提醒。`,
  'bad-notice': ({ most }) => `公告的中英文各须 1 到 ${most} 个字符。`,
  'unknown-notice': () => '没有这条公告。',
  'bad-code-count': ({ most, mostUses }) =>
    `一次可生成 1 到 ${most} 个兑换码，每个可供 1 到 ${mostUses} 个团队使用。`,
  'unknown-code': () => '没有这个兑换码，请检查是否有遗漏。',
  'code-over': () => '该兑换码已过期或已作废。',
  'code-used': ({ by }) => (by === 'team' ? '您的团队已使用过该兑换码。' : '该兑换码已被用完。'),
  'unknown-model': ({ model }) => `没有模型 ${model}。`,
  'bad-model-name': ({ name }) => `${name} 不能用作模型名：须为 1 到 128 个字母、数字或 . _ : / @ -`,
  'model-name-taken': ({ name, model }) => `${name} 已指向模型 ${model}。`,
  'too-many-aliases': ({ most }) => `一个模型最多有 ${most} 个别名。`,
  'bad-modalities': () => '模型至少要接受文本（text）。',
  'bad-token-count': () => 'token 数须为 1 到 100000000 的整数。',
  'bad-priority': () => '优先级须为 0 到 1000 的整数。',
  'model-needs-context': ({ model }) => `还没有模型 ${model}。要新建，请给出上下文长度和价格。`,
  'model-needs-price': ({ model }) => `模型 ${model} 需要输入价格和输出价格。`,
  'bad-price': () => '价格超出范围。',
  'price-exists': () => '同一时刻已有价格。',
  'bad-owner': () => '所有者须为 1 到 64 个字母、数字、空格或 . _ -',
  'unknown-channel': () => '没有这个渠道。',
  'channel-name-taken': ({ name }) => `已有名为 ${name} 的渠道，请换一个名称。`,
  'channel-needs-address': () => '上游在哪里？请给出 Base URL。',
  'channel-has-no-address': () => '只有 OpenAI 兼容的渠道才有地址和密钥。',
  'channel-needs-models': () => '它回答哪些模型？请至少指明一个；全部则写 *。',
  'bad-address': ({ why }) =>
    ({
      'not-an-address': '这不是地址。Base URL 形如 https://api.example.com/v1。',
      scheme: '上游只能用 http 或 https 访问。',
      credentials: '地址中不能带用户名或密码，请单独给出密钥。',
      query: 'Base URL 中不能有 ? 或 #。',
    })[why],
  'bad-upstream-key': () => '上游密钥须为一行可见的 ASCII 字符。',
  'bad-model-route': ({ route }) => `${route} 不是有效的写法。请写 模型、模型=上游名称、* 或 *=上游名称。`,
  'key-would-move': ({ channel }) =>
    `${channel} 的密钥是为另一个地址设置的。请给出新地址的密钥，或不用密钥。`,
  'engine-has-own-backup': ({ engine }) =>
    `备份请用 ${engine} 自带的工具（如 pg_dump），并一并保管 secret.key 文件。`,
  'bad-page': ({ most }) => `每页 1 到 ${most} 行；游标须是上一页末尾给出的值。`,
  'bad-days': ({ most }) => `日期形如 2026-11-22，起始不晚于截止，最多 ${most} 天。`,
  'backup-failed': ({ why }) =>
    why === 'damaged'
      ? '数据库已损坏，没有备份。请保留原样，并恢复上一份备份。'
      : why === 'disk-full'
        ? '磁盘已满，备份没有写入。'
        : `备份无法写入（${why}）。`,
};
