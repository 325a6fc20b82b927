/*
 * The load generator of the bench: keeps a number of connections busy on one thread and counts only what came whole.
 *
 *     load --port N --body FILE [--path /v1/chat/completions] [--header "name: value"]... [--keys FILE]
 *          [--connections 1] [--requests N] [--seconds S] [--stream CHUNKS] [--ramp-ms T] [--limit-s L]
 *
 * Each connection sends its next request when it has the answer to the last one (a closed loop), until N requests are
 * sent or S seconds are over. A whole answer is good with status 200, all of its body and a usage in it; a stream with
 * status 200, CHUNKS chunks, a usage and [DONE]. Chunks carry the moment of their sending ("@" and 16 digits,
 * microseconds of the monotonic clock). With --keys each request takes the next key of the file, one of 84 characters
 * a line, with a stride that visits all of them. --ramp-ms spreads the first requests of the connections evenly.
 * Whatever happens it ends after L seconds. Times in the JSON it prints are microseconds.
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
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
  READ_BYTES = 65536,
  MAX_HEAD_BYTES = 16384,
  MAX_SAMPLES = 4000000,
  KEY_BYTES = 84,
  /* How long a connection rests after a fault. */
  REST_MS = 50,
  MAX_HEADERS = 16,
  /* A prime near the golden section of a million: neighbours in time are no neighbours in the file. */
  KEY_STRIDE = 618041,
};

typedef enum { WAITING, CONNECTING, SENDING, HEAD, BODY } State;

typedef struct {
  int fd;
  State state;
  size_t sent;
  const char *key;
  int64_t started_us, last_chunk_us;
  char head[MAX_HEAD_BYTES];
  size_t head_size;
  /* What is left of the body, or of the piece of a chunked body; -1 while the piece's size is being read. */
  long left;
  bool chunked, keep_alive, last_piece, no_body_length;
  char size_line[24];
  size_t size_line_size;
  int status;
  /* The body so far, in a stream only its unfinished line. */
  char *text;
  size_t text_size, text_capacity;
  int chunks;
  bool usage, done;
} Connection;

typedef struct {
  uint32_t *values;
  size_t count;
} Samples;

static struct {
  int port, connections, stream_chunks;
  long requests;
  double seconds, limit_s, ramp_ms;
  const char *path, *body, *keys;
  const char *headers[MAX_HEADERS];
  int header_count;
} asked = {.port = 0, .connections = 1, .requests = 1L << 60, .seconds = 1e9, .limit_s = 120,
           .path = "/v1/chat/completions"};

static Connection *connections;
static int poller;
static int64_t begin_us, stop_us;
static long started, ended, good, bad_status, bad_incomplete, bad_connection;
static long long chunks_received, bytes_received;
static char first_fault[300];
static char *request, *keys;
static size_t request_size, key_at, key_count, next_key;
static Samples latency, first_chunk, chunk_delay, chunk_gap;

static int64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void sample(Samples *samples, int64_t value_us) {
  if (samples->values == NULL) samples->values = malloc(MAX_SAMPLES * sizeof(uint32_t));
  if (samples->count == MAX_SAMPLES) return;
  samples->values[samples->count++] = value_us < 0 ? 0 : value_us > UINT32_MAX ? UINT32_MAX : value_us;
}

static char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  struct stat facts;
  if (file == NULL || fstat(fileno(file), &facts) < 0) fail(path);
  char *text = malloc(facts.st_size + 1);
  *size = fread(text, 1, facts.st_size, file);
  text[*size] = 0;
  fclose(file);
  return text;
}

/* The request is the same each time, but for the key. */
static void build_request(void) {
  size_t body_size, keys_size = 0;
  char *body = read_file(asked.body, &body_size);
  if (asked.keys != NULL) keys = read_file(asked.keys, &keys_size);
  key_count = keys_size / (KEY_BYTES + 1);
  request = malloc(body_size + MAX_HEAD_BYTES);
  char *to = request + sprintf(request,
                               "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
                               "Accept: */*\r\nContent-Length: %zu\r\n",
                               asked.path, asked.port, body_size);
  for (int i = 0; i < asked.header_count; i++) to += sprintf(to, "%.2000s\r\n", asked.headers[i]);
  if (key_count > 0) {
    to += sprintf(to, "Authorization: Bearer ");
    key_at = to - request;
    to += sprintf(to, "%.*s\r\n", KEY_BYTES, keys);
  }
  to += sprintf(to, "\r\n");
  memcpy(to, body, body_size);
  request_size = to - request + body_size;
}

static bool may_start(void) {
  return started < asked.requests && now_us() < stop_us;
}

static void watch(Connection *c, uint32_t events, int how) {
  struct epoll_event event = {.events = events, .data.ptr = c};
  if (epoll_ctl(poller, how, c->fd, &event) < 0) fail("epoll_ctl");
}

static void disconnect(Connection *c) {
  if (c->fd >= 0) close(c->fd);
  c->fd = -1;
  c->state = WAITING;
}

static void connect_to_server(Connection *c) {
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (c->fd < 0) fail("socket");
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
  struct sockaddr_in to = {
      .sin_family = AF_INET, .sin_port = htons(asked.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (connect(c->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) fail("connect");
  c->state = CONNECTING;
  watch(c, EPOLLIN | EPOLLOUT, EPOLL_CTL_ADD);
}

static void finish(Connection *c, long *fault, const char *words);

static void send_request(Connection *c) {
  if (c->key != NULL) memcpy(request + key_at, c->key, KEY_BYTES);
  ssize_t sent = send(c->fd, request + c->sent, request_size - c->sent, MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN) return finish(c, &bad_connection, strerror(errno));
  if (sent > 0) c->sent += sent;
  bool whole = c->sent == request_size, waits_to_send = c->state == CONNECTING || c->state == SENDING;
  if (whole == waits_to_send) watch(c, whole ? EPOLLIN : EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
  c->state = whole ? HEAD : SENDING;
}

static void start(Connection *c) {
  started++;
  c->sent = c->head_size = c->text_size = c->size_line_size = 0;
  c->chunks = c->status = 0;
  c->usage = c->done = c->last_piece = false;
  c->last_chunk_us = 0;
  if (key_count > 0) {
    c->key = keys + (next_key % key_count) * (KEY_BYTES + 1);
    next_key += KEY_STRIDE;
  }
  c->started_us = now_us();
  if (c->fd < 0) connect_to_server(c);
  else send_request(c);
}

/* One exchange is over, well or not. The next one starts at once on the same connection, after a fault a little later. */
static void finish(Connection *c, long *fault, const char *words) {
  ended++;
  if (fault == NULL) {
    good++;
    sample(&latency, now_us() - c->started_us);
    if (!c->keep_alive) disconnect(c);
  } else {
    (*fault)++;
    if (first_fault[0] == 0) {
      snprintf(first_fault, sizeof first_fault, "%s %.*s", words, (int)(c->text_size < 200 ? c->text_size : 200),
               c->text == NULL ? "" : c->text);
    }
    disconnect(c);
  }
  c->state = WAITING;
  if (fault == NULL && may_start()) start(c);
}

static void read_event(Connection *c, const char *line, size_t size) {
  if (size < 6 || memcmp(line, "data:", 5) != 0) return;
  if (memmem(line, size, "[DONE]", 6) != NULL) {
    c->done = true;
    return;
  }
  const char *at = memchr(line, '@', size);
  if (at != NULL && (size_t)(line + size - at) > 17) {
    int64_t now = now_us();
    int64_t sent_us = 0;
    for (int digit = 1; digit <= 16; digit++) sent_us = sent_us * 10 + (at[digit] - '0');
    sample(&chunk_delay, now - sent_us);
    if (c->chunks == 0) sample(&first_chunk, now - c->started_us);
    else sample(&chunk_gap, now - c->last_chunk_us);
    c->last_chunk_us = now;
    c->chunks++;
    chunks_received++;
  }
  if (memmem(line, size, "\"prompt_tokens\"", 15) != NULL) c->usage = true;
}

static void take_text(Connection *c, const char *bytes, size_t size) {
  if (c->text_size + size > c->text_capacity) {
    c->text_capacity = (c->text_size + size) * 2;
    c->text = realloc(c->text, c->text_capacity);
    if (c->text == NULL) fail("realloc");
  }
  memcpy(c->text + c->text_size, bytes, size);
  c->text_size += size;
  if (asked.stream_chunks == 0 || c->status != 200) return;
  char *line = c->text, *end = c->text + c->text_size;
  for (char *stop; (stop = memchr(line, '\n', end - line)) != NULL; line = stop + 1) {
    read_event(c, line, stop - line);
  }
  c->text_size = end - line;
  memmove(c->text, line, c->text_size);
}

static void judge(Connection *c) {
  /* Whoever answers before it has heard all cannot take another request behind the rest of this one. */
  if (c->sent < request_size) c->keep_alive = false;
  if (c->status != 200) {
    char words[32];
    snprintf(words, sizeof words, "status %d", c->status);
    return finish(c, &bad_status, words);
  }
  if (asked.stream_chunks == 0) {
    bool whole = memmem(c->text, c->text_size, "\"prompt_tokens\"", 15) != NULL;
    return whole ? finish(c, NULL, "") : finish(c, &bad_incomplete, "no usage");
  }
  bool whole = c->chunks == asked.stream_chunks && c->usage && c->done;
  if (whole) return finish(c, NULL, "");
  char words[80];
  snprintf(words, sizeof words, "%d chunks, usage %d, [DONE] %d", c->chunks, c->usage, c->done);
  finish(c, &bad_incomplete, words);
}

/* The value of a header, or NULL; `head` ends with a zero. */
static const char *header(const char *head, const char *name) {
  size_t size = strlen(name);
  for (const char *line = head; line != NULL; line = strchr(line, '\n')) {
    if (*line == '\n') line++;
    if (strncasecmp(line, name, size) == 0 && line[size] == ':') {
      line += size + 1;
      return line + strspn(line, " ");
    }
  }
  return NULL;
}

/* Takes the head's part of the bytes and answers how many that were. */
static size_t read_head(Connection *c, const char *bytes, size_t size) {
  size_t room = MAX_HEAD_BYTES - 1 - c->head_size, before = c->head_size;
  size_t taken = size < room ? size : room;
  memcpy(c->head + c->head_size, bytes, taken);
  c->head_size += taken;
  c->head[c->head_size] = 0;
  char *end = strstr(c->head, "\r\n\r\n");
  if (end == NULL) {
    if (c->head_size == MAX_HEAD_BYTES - 1) finish(c, &bad_incomplete, "endless head");
    return taken;
  }
  end[2] = 0;
  const char *length = header(c->head, "content-length"), *connection = header(c->head, "connection");
  const char *coding = header(c->head, "transfer-encoding");
  c->status = atoi(c->head + sizeof "HTTP/1.1");
  c->chunked = coding != NULL && strncasecmp(coding, "chunked", 7) == 0;
  c->keep_alive = connection == NULL || strncasecmp(connection, "close", 5) != 0;
  c->no_body_length = !c->chunked && length == NULL;
  if (c->no_body_length) c->keep_alive = false;
  c->left = c->chunked ? -1 : length != NULL ? atol(length) : 0;
  c->state = BODY;
  return end + 4 - c->head - before;
}

/* Reads on at a piece's size line, or its end; answers how many bytes it took. */
static size_t read_piece_size(Connection *c, const char *bytes, size_t size) {
  const char *stop = memchr(bytes, '\n', size);
  size_t taken = stop == NULL ? size : (size_t)(stop - bytes) + 1;
  size_t room = sizeof c->size_line - 1 - c->size_line_size;
  size_t kept = taken < room ? taken : room;
  memcpy(c->size_line + c->size_line_size, bytes, kept);
  c->size_line_size += kept;
  if (stop == NULL) return taken;
  c->size_line[c->size_line_size] = 0;
  bool is_empty = c->size_line[0] == '\r' || c->size_line[0] == '\n';
  c->size_line_size = 0;
  if (c->last_piece) {
    /* Trailers, if there are any, end with an empty line. */
    if (is_empty) judge(c);
  } else if (!is_empty) {
    c->left = strtol(c->size_line, NULL, 16);
    if (c->left == 0) c->last_piece = true, c->left = -1;
  }
  return taken;
}

static void receive(Connection *c) {
  static char bytes[READ_BYTES];
  ssize_t got = recv(c->fd, bytes, sizeof bytes, 0);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) {
    if (c->state == WAITING) return disconnect(c);
    if (c->state == BODY && c->no_body_length) return judge(c);
    return finish(c, c->state == BODY ? &bad_incomplete : &bad_connection, "connection closed");
  }
  bytes_received += got;
  if (c->state == SENDING) c->state = HEAD;
  const char *at = bytes, *end = bytes + got;
  while (at < end && (c->state == HEAD || c->state == BODY)) {
    if (c->state == HEAD) {
      at += read_head(c, at, end - at);
      if (c->state == BODY && !c->chunked && !c->no_body_length && c->left == 0) return judge(c);
    } else if (c->chunked && c->left < 0) {
      at += read_piece_size(c, at, end - at);
    } else {
      size_t size = !c->no_body_length && (long)(end - at) > c->left ? (size_t)c->left : (size_t)(end - at);
      take_text(c, at, size);
      at += size;
      if (c->no_body_length) continue;
      c->left -= size;
      if (c->left == 0 && c->chunked) c->left = -1;
      else if (c->left == 0) return judge(c);
    }
  }
}

static int by_size(const void *a, const void *b) {
  uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
  return left < right ? -1 : left > right;
}

static void print_samples(const char *name, Samples *samples) {
  qsort(samples->values, samples->count, sizeof(uint32_t), by_size);
  printf(",\"%s\":", name);
  if (samples->count == 0) {
    printf("null");
    return;
  }
  const uint32_t *values = samples->values;
  size_t last = samples->count - 1;
  printf("{\"p50\":%u,\"p90\":%u,\"p99\":%u,\"max\":%u}", values[(size_t)(last * 0.5)], values[(size_t)(last * 0.9)],
         values[(size_t)(last * 0.99)], values[last]);
}

static void print_text(const char *text) {
  putchar('"');
  for (; *text != 0; text++) {
    if (*text == '"' || *text == '\\') putchar('\\');
    putchar(*text < ' ' || *text > '~' ? ' ' : *text);
  }
  putchar('"');
}

static void print_result(void) {
  double seconds = (now_us() - begin_us) / 1e6;
  printf("{\"good\":%ld,\"badStatus\":%ld,\"incomplete\":%ld,\"badConnection\":%ld,\"unfinished\":%ld,"
         "\"seconds\":%.6f,\"chunks\":%lld,\"bytes\":%lld",
         good, bad_status, bad_incomplete, bad_connection, started - ended, seconds, chunks_received, bytes_received);
  print_samples("latency", &latency);
  print_samples("firstChunk", &first_chunk);
  print_samples("chunkDelay", &chunk_delay);
  print_samples("chunkGap", &chunk_gap);
  printf(",\"firstFault\":");
  print_text(first_fault);
  printf("}\n");
}

static void read_words(int count, char **words) {
  for (int i = 1; i + 1 < count; i += 2) {
    const char *name = words[i], *value = words[i + 1];
    if (strcmp(name, "--port") == 0) asked.port = atoi(value);
    else if (strcmp(name, "--connections") == 0) asked.connections = atoi(value);
    else if (strcmp(name, "--requests") == 0) asked.requests = atol(value);
    else if (strcmp(name, "--seconds") == 0) asked.seconds = atof(value);
    else if (strcmp(name, "--limit-s") == 0) asked.limit_s = atof(value);
    else if (strcmp(name, "--ramp-ms") == 0) asked.ramp_ms = atof(value);
    else if (strcmp(name, "--stream") == 0) asked.stream_chunks = atoi(value);
    else if (strcmp(name, "--path") == 0) asked.path = value;
    else if (strcmp(name, "--body") == 0) asked.body = value;
    else if (strcmp(name, "--keys") == 0) asked.keys = value;
    else if (strcmp(name, "--header") == 0 && asked.header_count < MAX_HEADERS) asked.headers[asked.header_count++] = value;
    else fprintf(stderr, "%s is not understood\n", name), exit(2);
  }
  if (asked.port == 0 || asked.body == NULL) fprintf(stderr, "--port and --body are needed\n"), exit(2);
}

/* Starts the connections whose first moment has come; answers how many milliseconds are left to the next one's. */
static int start_due(int *begun) {
  for (; *begun < asked.connections && may_start(); (*begun)++) {
    int64_t left_us = begin_us + (int64_t)(asked.ramp_ms * 1000 * *begun / asked.connections) - now_us();
    if (left_us > 0) return left_us < REST_MS * 1000 ? (left_us + 999) / 1000 : REST_MS;
    start(&connections[*begun]);
  }
  return REST_MS;
}

/* Connections rest after a fault, so that a server that fails at once does not keep this process in a circle. */
static void start_rested(int begun) {
  static int64_t last_us;
  if (now_us() - last_us < REST_MS * 1000) return;
  last_us = now_us();
  for (int i = 0; i < begun; i++) {
    if (connections[i].state == WAITING && may_start()) start(&connections[i]);
  }
}

int main(int count, char **words) {
  /* Whoever started it takes it along when it ends, however it ends. */
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  read_words(count, words);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  build_request();
  connections = calloc(asked.connections, sizeof(Connection));
  for (int i = 0; i < asked.connections; i++) connections[i].fd = -1;
  poller = epoll_create1(EPOLL_CLOEXEC);
  begin_us = now_us();
  stop_us = begin_us + (int64_t)(asked.seconds * 1e6);
  int64_t limit_us = begin_us + (int64_t)(asked.limit_s * 1e6);
  struct epoll_event events[512];
  for (int begun = 0; now_us() < limit_us;) {
    int timeout_ms = start_due(&begun);
    start_rested(begun);
    if (started == ended && !may_start()) break;
    int ready = epoll_wait(poller, events, 512, timeout_ms);
    for (int i = 0; i < ready; i++) {
      Connection *c = events[i].data.ptr;
      if (c->fd < 0) continue;
      if (events[i].events & EPOLLOUT && (c->state == CONNECTING || c->state == SENDING)) {
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0) finish(c, &bad_connection, strerror(error));
        else send_request(c);
      }
      if (c->fd >= 0 && events[i].events & ~EPOLLOUT) receive(c);
    }
  }
  print_result();
  return 0;
}
