import type { ProblemCode } from './problem-words-en.ts';

export const problemsInChinese: Readonly<Record<ProblemCode, string>> = {
  'not-signed-in': '您尚未登录，请登录后再试。',
  'sign-in-again': '此操作需要重新验证身份，请重新登录后再试。',
  'not-allowed': '您的角色无权执行此操作，请联系所有者或管理员。',
  'foreign-origin': '该请求不是从本站页面发出的，未作任何更改。',
  'not-found': '这里没有内容。',
  'wrong-method': '该地址不支持此请求方法。',
  'slow-body': '请求未能及时送达，请检查网络后重新发送。',
  'body-too-large': '请求内容过大。',
  'not-json': '请求体必须是 JSON，且内容类型为 application/json。',
  'malformed-json': '请求体不是有效的 JSON。',
  'bad-field': '有一个值无法使用。',
  'unknown-field': '请求中包含无法识别的字段。',
  'bad-cursor': '找不到该页，请从第一页重新开始。',
  'bad-span': '时间范围为空或过长。',
  'too-many': '同时进行的操作过多，请等待其中一个结束。',
  'too-many-attempts': '尝试次数过多，请等一刻钟再试。',
  internal: '服务器内部出错，详情请查看服务器日志。',
  unavailable: '数据库没有响应，请稍后再试。',
};
