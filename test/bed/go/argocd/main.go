// The parts of Argo CD that keep an Application in step with Git, and the cache between them, in one program: the first
// argument says which. Nothing is built for its other servers.
package main

import (
	"fmt"
	"os"

	"github.com/alicebob/miniredis/v2"
	appcontroller "github.com/argoproj/argo-cd/v3/cmd/argocd-application-controller/commands"
	reposerver "github.com/argoproj/argo-cd/v3/cmd/argocd-repo-server/commands"
	"github.com/spf13/cobra"
)

func cache() *cobra.Command {
	return &cobra.Command{Use: "cache ADDRESS", Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error {
		if err := miniredis.NewMiniRedis().StartAddr(args[0]); err != nil {
			return err
		}
		select {}
	}}
}

func main() {
	// Each of Argo CD's commands is a program's root; as a subcommand it would hear flags of the wrong program.
	part := ""
	if len(os.Args) > 1 {
		part = os.Args[1]
		os.Args = append([]string{part}, os.Args[2:]...)
	}
	parts := map[string]func() *cobra.Command{"application-controller": appcontroller.NewCommand, "repo-server": reposerver.NewCommand, "cache": cache}
	command, known := parts[part]
	if !known {
		fmt.Fprintf(os.Stderr, "there is no part %q\n", part)
		os.Exit(64)
	}
	if err := command().Execute(); err != nil {
		os.Exit(1)
	}
}
