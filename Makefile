.DEFAULT_GOAL := help
.PHONY: help build demo torture test check format clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "%-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## Build the afterbay command, without tests
	./mvnw -q -Dquick

demo: ## Run the whole system on this machine
	./afterbay demo

torture: ## Torture the whole system for five minutes
	./afterbay torture

test: ## Run the unit tests
	./mvnw test

check: ## Run everything that must pass before a change lands
	./mvnw verify

format: ## Format the sources and poms
	./mvnw -q spotless:apply

clean: ## Remove what was built
	./mvnw -q clean
