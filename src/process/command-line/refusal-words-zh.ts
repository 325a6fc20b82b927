import { refusalsInChinese } from '../../http/api/refusal-words-zh.ts';
import { chineseMail } from './mail-words-zh.ts';
import { notOpenedInChinese } from './not-opened-words.ts';
import type { RefusalSentences } from './refusal-words-en.ts';

/** Why a command did not do what was asked, in Chinese: as a page says it, but where there is a command to name. */
export const chineseRefusals: RefusalSentences = {
  ...refusalsInChinese,
  ...chineseMail.refusals,
  'owner-exists': () => '本系统已有所有者，请用其他角色新建用户。',
  'already-set-up': () => '本系统已完成设置，已有人可以登录。要重设密码：turnpike users password EMAIL',
  'set-up-link-over': () => '设置链接已失效。生成新链接：turnpike set-up-link',
  'registration-closed': () => '注册已关闭。请先开放：turnpike registration --mode invite-only',
  'unknown-user': ({ user }) => `没有用户 ${user}。用 turnpike users list 查看全部。`,
  'unknown-team': ({ team }) => `没有团队 ${team}。用 turnpike teams list 查看全部。`,
  'unknown-passkey': ({ passkey }) =>
    `该用户没有通行密钥 ${passkey}。用 turnpike users passkeys EMAIL 查看现有的通行密钥。`,
  'last-way-in': () => '这是该用户唯一的登录方式。',
  'unknown-notice': () => '没有这条公告。用 turnpike notices list 查看全部。',
  'no-team-yet': () => '还没有任何用户。请先执行：turnpike users create 邮箱 --role owner',
  'team-not-named': ({ teams }) =>
    `共有 ${teams} 个团队。请用 --team 短名称 指明，或用 --user 邮箱 指个人团队。`,
  'user-is-banned': ({ user }) => `${user} 已被停用。请先启用：turnpike users unban ${user}`,
  'team-is-blocked': ({ team }) => `${team} 已被封禁。请先解封：turnpike teams unblock ${team}`,
  'bad-key': () => '这不是密钥：密钥由 xai- 加 80 个字母或数字组成。',
  'key-of-another-team': () => '该密钥属于另一个团队。',
  'unknown-key': ({ key }) => `没有密钥 ${key}。用 turnpike keys list 查看团队的密钥。`,
  'unknown-model': ({ model }) => `没有模型 ${model}。用 turnpike models list 查看全部。`,
  'model-needs-context': ({ model }) =>
    `还没有模型 ${model}。要新建，请给出 --context、--input-price 和 --output-price。`,
  'model-needs-price': ({ model }) => `模型 ${model} 需要 --input-price 和 --output-price。`,
  'unknown-channel': ({ channel }) => `没有渠道 ${channel}。用 turnpike channels list 查看全部。`,
  'channel-needs-address': () => '上游在哪里？请给出 --base-url，或 --preset xai、--preset ollama。',
  'channel-needs-models': () =>
    "它回答哪些模型？请给出 --model，例如 --model grok-beta=llama3.2；全部则写 --model '*'。",
  'bad-address': ({ why }) =>
    ({
      'not-an-address': '这不是地址。Base URL 形如 https://api.example.com/v1。',
      scheme: '上游只能用 http 或 https 访问。',
      credentials: '地址中不能带用户名或密码，请用 --key 给出密钥。',
      query: 'Base URL 中不能有 ? 或 #。',
    })[why],
  'key-would-move': ({ channel }) =>
    `${channel} 的密钥是为另一个地址设置的。请用 --key 给出新地址的密钥，或用 --no-key。`,
  'copy-has-no-source': () =>
    '此命令复制的是数据目录中的数据库，而 TURNPIKE_DATABASE_URL 指定了另一个数据库。执行此命令时请不要设置它。',
  'bad-database-address': () =>
    '这不是 PostgreSQL 数据库地址。请写成 postgres://user:password@host:5432/database。',
  'books-not-in-order': ({ findings }) =>
    `账目有误（${findings} 个问题），因此没有复制。详情：turnpike audit。`,
  'database-not-opened': ({ database, reason }) =>
    `无法打开数据库 ${database}：${notOpenedInChinese(reason)}。没有复制任何内容。`,
  'database-not-empty': ({ database }) =>
    `数据库 ${database} 中已有数据，没有复制任何内容。请指定一个空数据库。`,
  'copy-not-made': ({ database, why }) => `没有向 ${database} 复制任何内容：${why}。`,
  'copy-differs': ({ database }) => `${database} 中的副本与此处的账目不一致。请勿使用，并将其删除。`,
  'server-runs': () => '服务器正在运行。请先停止它，以免期间有写入。',
  'engine-has-own-backup': ({ engine }) =>
    `${engine} 数据库请用其自带的工具备份和恢复，例如 pg_dump 和 pg_restore；secret.key 文件须与备份一并保存。`,
  'file-exists': ({ path }) => `${path} 已存在。不会覆盖任何文件：请换一个文件名。`,
  'file-missing': ({ path }) => `没有文件 ${path}。`,
  'key-file-unusable': ({ path }) =>
    `密钥文件 ${path} 无法读取，或其中没有密钥。请从更早的备份中恢复它，或者移走它。`,
  'folder-has-database': ({ path }) => `已有数据库：${path}。加上 --replace 会把它移到一旁，不会删除。`,
  'backup-failed': ({ path, why }) =>
    why === 'damaged'
      ? '数据库已损坏，因此没有备份。请原样保留，并恢复最近的备份。'
      : why === 'disk-full'
        ? `磁盘已满：${path} 没有写入。`
        : `无法写入 ${path}（${why}）。请确认其文件夹存在且可写。`,
  'not-a-backup': ({ path, why }) =>
    why === 'damaged'
      ? `备份 ${path} 已损坏。未作任何更改；请换更早的备份。`
      : why === 'newer'
        ? `备份 ${path} 由更新版本的 Turnpike 写入。未作任何更改；请用该版本恢复。`
        : `无法恢复 ${path}：${notOpenedInChinese(why)}。未作任何更改。`,
  'bad-page': ({ most }) => `--limit 须为 1 到 ${most}，--cursor 须为上一页末尾给出的值。`,
};
