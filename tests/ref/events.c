/* events.c: what libyaml alone makes of files: the yardstick for speed, and the judge of what is
 * YAML. Usage: yaml-events [--say] FILE...; with --say it prints for each "ok" or the line of the
 * error as libyaml has it. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

static unsigned char bytes[1 << 22];

/* 0, or the line of the error; -1 when libyaml tells none (bytes that are no UTF-8). */
static long parse(size_t n)
{
	yaml_parser_t parser;
	yaml_event_t event;
	bool end = false;
	long line = 0;

	if (!yaml_parser_initialize(&parser))
		return -1;
	yaml_parser_set_input_string(&parser, bytes, n);
	while (!end) {
		if (!yaml_parser_parse(&parser, &event)) {
			line = parser.error == YAML_READER_ERROR
				   ? -1
				   : (long)parser.problem_mark.line + 1;
			break;
		}
		end = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return line;
}

int main(int argc, char **argv)
{
	bool say = argc > 1 && strcmp(argv[1], "--say") == 0;

	for (int k = say ? 2 : 1; k < argc; k++) {
		FILE *f = fopen(argv[k], "rb");
		long line;

		if (!f)
			return 1;
		line = parse(fread(bytes, 1, sizeof(bytes), f));
		fclose(f);
		if (say && line)
			printf("%ld\n", line);
		else if (say)
			puts("ok");
	}
	return 0;
}
