/* hello.c: the least that a FastCGI program can do: what the pages' speed is measured against.
 * hello SOCKET WORKERS */
#include <fcgiapp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

__attribute__((noreturn)) static void work(int fd)
{
	FCGX_Request request;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	FCGX_InitRequest(&request, fd, 0);
	while (FCGX_Accept_r(&request) >= 0) {
		FCGX_PutS("Status: 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 14\r\n"
			  "\r\nHello, world!\n",
			  request.out);
		FCGX_Finish_r(&request);
	}
	exit(EXIT_SUCCESS);
}

int main(int argc, char **argv)
{
	int fd;

	if (argc != 3 || FCGX_Init() != 0)
		return 2;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	umask(0117);
	fd = FCGX_OpenSocket(argv[1], 511);
	if (fd < 0)
		return EXIT_FAILURE;
	for (long n = strtol(argv[2], NULL, 10); n > 0; n--)
		if (fork() == 0)
			work(fd);
	while (wait(NULL) > 0)
		;
	return EXIT_FAILURE;
}
