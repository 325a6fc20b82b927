/*
 * The upstream of the bench: an OpenAI-compatible server on one thread that costs far less than any gateway before it.
 *
 *     mock [PORT]           listens on 127.0.0.1 (0: a free port) and prints the port
 *
 * POST <anything> is a chat completion. How it answers is said in the prompt, because that is what every gateway
 * passes on: "[mock 100 20]" with "stream": true is a stream of 100 chunks, one every 20 ms, the first at once, then
 * the finish, the usage and [DONE]; "[mock 0 20]" without it is a whole answer after 20 ms; without a mark the whole
 * answer comes at once. Every chunk carries the moment of its sending, so that the load generator can tell how long
 * it was on its way. GET <anything> tells what was served, for holding bills against.
 *
 * It speaks HTTP/1.1 with keep-alive and takes bodies with a Content-Length. It is no server for anything but a bench.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
  MAX_FDS = 65536,
  READ_BYTES = 65536,
  MAX_REQUEST_BYTES = 4 << 20,
  /* A reader that is so far behind is cut off; a paced stream of the bench never is. */
  MAX_UNSENT_BYTES = 1 << 20,
  PROMPT_TOKENS = 32,
  WHOLE_TOKENS = 64,
};

typedef struct {
  bool open;
  char *request;
  size_t request_size, request_capacity;
  char *unsent;
  size_t unsent_size, unsent_capacity;
  /* The answer under way: chunks still to send, and when the next one is due. */
  int chunks_left, chunks_total;
  bool streaming, delayed;
  int64_t interval_ns, due_ns;
  /* Position in the heap of timers, -1 when not waiting. */
  int timer;
} Connection;

static Connection connections[MAX_FDS];
static int heap[MAX_FDS], heap_size;
static int poller;
static struct {
  uint64_t connections, requests, streams, prompt_tokens, completion_tokens, hang_ups;
} served;

static char whole_answer[2048];
static size_t whole_answer_size;
static const char CHUNK_HEAD[] =
    "data: {\"id\":\"chatcmpl-mock\",\"object\":\"chat.completion.chunk\",\"created\":1730000000,\"model\":\"mock\","
    "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"@";
static const char CHUNK_TAIL[] = " word \"},\"finish_reason\":null}]}\n\n";

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

/* The heap of timers, by the moment they are due. */

static void heap_put(int at, int fd) {
  heap[at] = fd;
  connections[fd].timer = at;
}

static void heap_rise(int at) {
  int fd = heap[at];
  for (; at > 0 && connections[heap[(at - 1) / 2]].due_ns > connections[fd].due_ns; at = (at - 1) / 2) {
    heap_put(at, heap[(at - 1) / 2]);
  }
  heap_put(at, fd);
}

static void heap_sink(int at) {
  int fd = heap[at];
  for (int child; (child = 2 * at + 1) < heap_size; at = child) {
    if (child + 1 < heap_size && connections[heap[child + 1]].due_ns < connections[heap[child]].due_ns) child++;
    if (connections[heap[child]].due_ns >= connections[fd].due_ns) break;
    heap_put(at, heap[child]);
  }
  heap_put(at, fd);
}

static void timer_stop(int fd) {
  int at = connections[fd].timer;
  if (at < 0) return;
  connections[fd].timer = -1;
  int last = heap[--heap_size];
  if (last == fd) return;
  heap_put(at, last);
  heap_rise(at);
  heap_sink(connections[last].timer);
}

static void timer_start(int fd, int64_t due_ns) {
  timer_stop(fd);
  connections[fd].due_ns = due_ns;
  heap_put(heap_size++, fd);
  heap_rise(heap_size - 1);
}

/* Connections. */

static void watch(int fd, uint32_t events, int how) {
  struct epoll_event event = {.events = events, .data.fd = fd};
  if (epoll_ctl(poller, how, fd, &event) < 0) fail("epoll_ctl");
}

static void hang_up(int fd) {
  Connection *c = &connections[fd];
  if (c->streaming || c->delayed) served.hang_ups++;
  timer_stop(fd);
  free(c->request);
  free(c->unsent);
  memset(c, 0, sizeof *c);
  close(fd);
}

/* Sends now what the socket takes and keeps the rest. False when the connection is gone. */
static bool send_bytes(int fd, const char *bytes, size_t size) {
  Connection *c = &connections[fd];
  if (c->unsent_size == 0) {
    ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return hang_up(fd), false;
    if (sent > 0) bytes += sent, size -= sent;
    if (size == 0) return true;
    watch(fd, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
  }
  if (c->unsent_size + size > MAX_UNSENT_BYTES) return hang_up(fd), false;
  if (c->unsent_size + size > c->unsent_capacity) {
    c->unsent_capacity = (c->unsent_size + size) * 2;
    c->unsent = realloc(c->unsent, c->unsent_capacity);
    if (c->unsent == NULL) fail("realloc");
  }
  memcpy(c->unsent + c->unsent_size, bytes, size);
  c->unsent_size += size;
  return true;
}

static void send_rest(int fd) {
  Connection *c = &connections[fd];
  ssize_t sent = send(fd, c->unsent, c->unsent_size, MSG_NOSIGNAL);
  if (sent < 0) {
    if (errno != EAGAIN) hang_up(fd);
    return;
  }
  c->unsent_size -= sent;
  memmove(c->unsent, c->unsent + sent, c->unsent_size);
  if (c->unsent_size == 0) watch(fd, EPOLLIN, EPOLL_CTL_MOD);
}

/* Answers. */

static void build_whole_answer(void) {
  char text[400];
  memset(text, 0, sizeof text);
  for (int word = 0; word < 64; word++) strcat(text, word % 8 == 7 ? "answer " : "word ");
  char body[1500];
  int size = snprintf(body, sizeof body,
                      "{\"id\":\"chatcmpl-mock\",\"object\":\"chat.completion\",\"created\":1730000000,"
                      "\"model\":\"mock\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                      "\"content\":\"%s\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":%d,"
                      "\"completion_tokens\":%d,\"total_tokens\":%d}}",
                      text, PROMPT_TOKENS, WHOLE_TOKENS, PROMPT_TOKENS + WHOLE_TOKENS);
  whole_answer_size = snprintf(whole_answer, sizeof whole_answer,
                               "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
                               size, body);
}

static void answer_whole(int fd) {
  served.prompt_tokens += PROMPT_TOKENS;
  served.completion_tokens += WHOLE_TOKENS;
  send_bytes(fd, whole_answer, whole_answer_size);
}

/* Appends one event as a piece of HTTP's chunked coding. */
static size_t put_event(char *to, const char *event, size_t size) {
  int head = sprintf(to, "%zx\r\n", size);
  memcpy(to + head, event, size);
  memcpy(to + head + size, "\r\n", 2);
  return head + size + 2;
}

static size_t put_chunk(char *to) {
  char event[sizeof CHUNK_HEAD + 20 + sizeof CHUNK_TAIL];
  int size = sprintf(event, "%s%016lld%s", CHUNK_HEAD, (long long)(now_ns() / 1000), CHUNK_TAIL);
  return put_event(to, event, size);
}

/* The finish, the usage, [DONE] and the end of the body. */
static size_t put_end(char *to, int completion_tokens) {
  char end[1024];
  int size = sprintf(end,
                     "data: {\"id\":\"chatcmpl-mock\",\"object\":\"chat.completion.chunk\",\"created\":1730000000,"
                     "\"model\":\"mock\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                     "data: {\"id\":\"chatcmpl-mock\",\"object\":\"chat.completion.chunk\",\"created\":1730000000,"
                     "\"model\":\"mock\",\"choices\":[],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,"
                     "\"total_tokens\":%d}}\n\ndata: [DONE]\n\n",
                     PROMPT_TOKENS, completion_tokens, PROMPT_TOKENS + completion_tokens);
  size_t put = put_event(to, end, size);
  memcpy(to + put, "0\r\n\r\n", 5);
  return put + 5;
}

static void stream_next(int fd) {
  Connection *c = &connections[fd];
  char bytes[2048];
  size_t size = 0;
  if (c->chunks_left == c->chunks_total) {
    size = sprintf(bytes, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n"
                          "Transfer-Encoding: chunked\r\n\r\n");
  }
  size += put_chunk(bytes + size);
  if (--c->chunks_left == 0) {
    c->streaming = false;
    /* Two tokens a chunk is more than a sceptical meter could doubt. */
    size += put_end(bytes + size, 2 * c->chunks_total);
    served.prompt_tokens += PROMPT_TOKENS;
    served.completion_tokens += 2 * c->chunks_total;
  }
  if (!send_bytes(fd, bytes, size)) return;
  /* By the plan and not by the clock: a late chunk does not move those after it. */
  if (c->streaming) timer_start(fd, c->due_ns + c->interval_ns);
}

static void answer_counts(int fd) {
  char body[400], bytes[600];
  int size = sprintf(body,
                     "{\"connections\":%llu,\"requests\":%llu,\"streams\":%llu,\"promptTokens\":%llu,"
                     "\"completionTokens\":%llu,\"hangUps\":%llu}",
                     (unsigned long long)served.connections, (unsigned long long)served.requests,
                     (unsigned long long)served.streams, (unsigned long long)served.prompt_tokens,
                     (unsigned long long)served.completion_tokens, (unsigned long long)served.hang_ups);
  size = sprintf(bytes, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", size, body);
  send_bytes(fd, bytes, size);
}

static void answer(int fd, const char *body, size_t size) {
  Connection *c = &connections[fd];
  served.requests++;
  const char *mark = memmem(body, size, "[mock ", 6);
  int chunks = 0, interval_ms = 0;
  if (mark != NULL) sscanf(mark, "[mock %d %d]", &chunks, &interval_ms);
  bool stream = memmem(body, size, "\"stream\":true", 13) || memmem(body, size, "\"stream\": true", 14);
  if (stream) {
    served.streams++;
    c->streaming = true;
    c->chunks_left = c->chunks_total = chunks > 0 ? chunks : 1;
    c->interval_ns = interval_ms * 1000000LL;
    c->due_ns = now_ns();
    stream_next(fd);
  } else if (interval_ms > 0) {
    c->delayed = true;
    timer_start(fd, now_ns() + interval_ms * 1000000LL);
  } else {
    answer_whole(fd);
  }
}

/* Requests. */

/* The length of the body; -1 when the head does not say it in digits. */
static long content_length(const char *head, const char *end) {
  for (const char *line = head; line < end; line = (const char *)memchr(line, '\n', end - line) + 1) {
    if (end - line > 15 && strncasecmp(line, "content-length:", 15) == 0) return strtol(line + 15, NULL, 10);
  }
  return -1;
}

/* Answers the first whole request of the buffer, if there is one and no answer is under way. */
static bool take_request(int fd) {
  Connection *c = &connections[fd];
  if (c->streaming || c->delayed || c->request_size == 0) return false;
  char *end = memmem(c->request, c->request_size, "\r\n\r\n", 4);
  if (end == NULL) return false;
  end += 4;
  long length = content_length(c->request, end);
  bool is_get = strncmp(c->request, "GET ", 4) == 0;
  if (length < 0 && !is_get) return hang_up(fd), false;
  size_t total = (end - c->request) + (length > 0 ? length : 0);
  if (c->request_size < total) return false;
  if (is_get) answer_counts(fd);
  else answer(fd, end, length);
  if (!c->open) return false;
  c->request_size -= total;
  memmove(c->request, c->request + total, c->request_size);
  return true;
}

static void receive(int fd) {
  Connection *c = &connections[fd];
  if (c->request_capacity - c->request_size < READ_BYTES) {
    c->request_capacity = c->request_size + 2 * READ_BYTES;
    c->request = realloc(c->request, c->request_capacity);
    if (c->request == NULL) fail("realloc");
  }
  ssize_t got = recv(fd, c->request + c->request_size, READ_BYTES, 0);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) return hang_up(fd);
  c->request_size += got;
  if (c->request_size > MAX_REQUEST_BYTES) return hang_up(fd);
  while (take_request(fd)) {
  }
}

static void accept_all(int listener) {
  for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
    if (fd >= MAX_FDS) {
      close(fd);
      continue;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    connections[fd] = (Connection){.open = true, .timer = -1};
    served.connections++;
    watch(fd, EPOLLIN, EPOLL_CTL_ADD);
  }
}

static void run_timers(void) {
  int64_t now = now_ns();
  while (heap_size > 0 && connections[heap[0]].due_ns <= now) {
    int fd = heap[0];
    timer_stop(fd);
    if (connections[fd].streaming) {
      stream_next(fd);
    } else {
      connections[fd].delayed = false;
      answer_whole(fd);
    }
    while (connections[fd].open && take_request(fd)) {
    }
  }
}

static int listen_on(int port) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, size) < 0 || listen(listener, 4096) < 0) fail("listen");
  getsockname(listener, (struct sockaddr *)&address, &size);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  return listener;
}

int main(int count, char **words) {
  /* Whoever started it takes it along when it ends, however it ends. */
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  build_whole_answer();
  poller = epoll_create1(EPOLL_CLOEXEC);
  int listener = listen_on(count > 1 ? atoi(words[1]) : 0);
  watch(listener, EPOLLIN, EPOLL_CTL_ADD);
  struct epoll_event events[512];
  for (;;) {
    int timeout_ms = -1;
    if (heap_size > 0) {
      int64_t left_ns = connections[heap[0]].due_ns - now_ns();
      timeout_ms = left_ns <= 0 ? 0 : (int)((left_ns + 999999) / 1000000);
    }
    int ready = epoll_wait(poller, events, 512, timeout_ms);
    for (int i = 0; i < ready; i++) {
      int fd = events[i].data.fd;
      if (fd == listener) {
        accept_all(listener);
        continue;
      }
      if (connections[fd].open && events[i].events & EPOLLOUT) send_rest(fd);
      if (connections[fd].open && events[i].events & ~EPOLLOUT) receive(fd);
    }
    run_timers();
  }
}
