"""click in French: it ships without translations of its own words."""

from __future__ import annotations

import click

from falc.toml import did_you_mean


class FrenchCommand(click.Command):
    """A command whose help is all in French."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "Utilisation : ")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Montre cette aide."
        return option


class FrenchGroup(click.Group, FrenchCommand):
    """A group whose help and errors are all in French."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(80)) for name, command in commands if command is not None]
        with formatter.section("Commandes"):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            hint = did_you_mean(args[0], self.list_commands(ctx))
            raise click.UsageError(f"la commande « {args[0]} » n'existe pas.{hint}")
        return super().resolve_command(ctx, args)


def french(error: click.ClickException) -> str:
    """Return what is wrong with a command line, in one French sentence."""
    if isinstance(error, click.NoSuchOption):
        hint = f" Vouliez-vous dire « {error.possibilities[0]} » ?" if error.possibilities else ""
        return f"l'option « {error.option_name} » n'existe pas.{hint}"
    if isinstance(error, click.MissingParameter):
        return f"il manque {_name(error)}. « falc --help » montre l'aide."
    if isinstance(error, click.BadOptionUsage):
        return f"l'option « {error.option_name} » attend une valeur."
    if isinstance(error, click.BadParameter):
        choices = getattr(getattr(error.param, "type", None), "choices", ())
        wanted = f" Choisissez : {', '.join(map(str, choices))}." if choices else ""
        return f"la valeur de {_name(error)} ne va pas.{wanted}"
    if isinstance(error, click.UsageError) and error.message.startswith("Got unexpected"):
        return "il y a trop de mots dans cette commande. « falc --help » montre l'aide."
    return error.message


def _name(error: click.BadParameter) -> str:
    parameter = error.param
    if parameter is None:
        return "un mot"
    return parameter.opts[0] if isinstance(parameter, click.Option) else str(parameter.metavar or parameter.name)
